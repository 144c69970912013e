"""Trainable layers, one kind a file; family `ansatze`."""
