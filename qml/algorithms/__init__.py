"""Algorithms: models, how they are trained, and their classical rivals."""
