"""The inside of `qml sample model`."""
