"""qml inside the libraries that people use already."""
