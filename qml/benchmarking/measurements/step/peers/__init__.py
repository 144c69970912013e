"""Peers of the engine, one a file: `prepare(case)` returns a `Peer`.

They run in processes of their own, maybe of other virtual environments that lack this project's
packages: besides their own library they import NumPy and each other, nothing else. `qml.py` alone
imports this project.
"""
