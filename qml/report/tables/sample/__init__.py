"""Tables of `qml sample`."""
