"""Ways to look at every assignment that may be optimal."""
