"""`python -m qml`."""

from qml.cli.main import main

main()
