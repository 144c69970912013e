"""`compile`: a circuit through a compiler to IonQ's Forte gates."""

from qml.benchmarking.measurements.compile.measure import check, measure

__all__ = ["check", "measure"]
