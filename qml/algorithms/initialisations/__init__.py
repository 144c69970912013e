"""First weights, one distribution a file; family `initialisations`."""
