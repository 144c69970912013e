"""What a cell measures that is no training and no sampling, one a file; family `measurements`."""
