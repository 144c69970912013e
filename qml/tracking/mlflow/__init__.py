"""MLflow as a tracker. A process of its own talks to MLflow; the training never imports it."""
