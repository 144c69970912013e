"""The work of `qml sample ising`: its assignment, its circuits, its draws and its outcome."""
