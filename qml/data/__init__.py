"""Data sets: loaded from anywhere, checked, split, prepared, and named by their content."""

from qml.data.base import DatasetLoader
from qml.data.dataset import Dataset, assemble
from qml.data.load import load
from qml.data.origin import Origin
from qml.data.prepare import Prepared, Rows, prepare
from qml.data.preprocessor import Preprocessor
from qml.data.readers.files import read_features

__all__ = [
    "Dataset",
    "DatasetLoader",
    "Origin",
    "Prepared",
    "Preprocessor",
    "Rows",
    "assemble",
    "load",
    "prepare",
    "read_features",
]
