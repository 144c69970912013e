"""Runs a plan on a backend: submits, measures, trains, checkpoints and resumes."""
