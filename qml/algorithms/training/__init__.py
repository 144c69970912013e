"""Training: batches, steps and predictions; kernel machines."""
