"""Feature maps of kernels, one a file; family `feature_maps`."""
