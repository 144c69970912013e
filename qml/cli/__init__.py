"""The command line: one module per command; each parses, calls one task and renders one outcome."""
