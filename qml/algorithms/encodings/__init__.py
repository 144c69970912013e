"""Encodings of inputs, one a file; family `encodings`."""
