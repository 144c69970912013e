"""Error mitigation, one method a file: what it does to circuits, and what it costs in variance."""
