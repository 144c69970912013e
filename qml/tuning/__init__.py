"""Search for better settings: Optuna samplers that are made of the solvers."""
