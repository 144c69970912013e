"""Formats of problem files: one module each, which turns a text into a dimod model."""
