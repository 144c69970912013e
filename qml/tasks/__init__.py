"""What each command does, without a terminal: plan, run, answer."""
