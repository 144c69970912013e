"""`step`: one training step of a peer beside the engine's: value, gradient, Adam, of a batch."""

from qml.benchmarking.measurements.step.measure import check, measure

__all__ = ["check", "measure"]
