"""Pruning of models that qml trained: gates of the circuit and classical weights together."""
