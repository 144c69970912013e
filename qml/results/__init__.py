"""Values that travel: counts, intervals, tests, work and its usage."""
