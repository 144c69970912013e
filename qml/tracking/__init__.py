"""Trackers, mirroring the records of a run."""
