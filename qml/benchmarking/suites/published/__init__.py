"""`published`: the data sets of "Better than classical?", held against its authors' accuracies."""

from qml.benchmarking.suites.published.suite import build

__all__ = ["build"]
