"""`price`: what it costs to reach an accuracy."""

from qml.benchmarking.measurements.price.measure import check, measure

__all__ = ["check", "measure"]
