"""Data sets known by name, one file each; registered in `qml.datasets.v1`."""
