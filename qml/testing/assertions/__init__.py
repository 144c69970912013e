"""Assertions about programs that answer at random, and about unitaries."""
