"""`qml train` of generative models."""
