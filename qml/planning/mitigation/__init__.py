"""Plan the mitigation of errors: which method, what it runs, what that costs."""
