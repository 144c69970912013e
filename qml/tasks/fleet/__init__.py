"""Many runs of one command: side by side in processes, within one cap, described once."""
