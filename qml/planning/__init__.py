"""From configuration to a plan: what will run, where, how long the bill is, and what cannot run."""
