"""Sections of the page of a study."""
