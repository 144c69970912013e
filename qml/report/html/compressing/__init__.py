"""Sections of the page of `qml compress`."""
