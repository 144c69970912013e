"""What is held against what, one suite a file; family `suites`."""
