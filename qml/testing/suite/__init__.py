"""The error rate of a whole suite of tests, shared out to its assertions."""
