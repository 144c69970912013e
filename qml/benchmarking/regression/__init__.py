"""What got worse since a baseline: thresholds by statistics, not by single numbers."""
