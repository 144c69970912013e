"""The sections of a benchmark's page."""
