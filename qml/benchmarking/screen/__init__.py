"""Whether there is any point in using a quantum model on some data, before one is trained."""
