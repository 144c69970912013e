"""The inside of `qml sample qubo`; its modules load once a run really starts."""
