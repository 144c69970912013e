"""Models of the scores whose draws are linear or quadratic in one-hot bits."""
