"""Outcomes as tables, JSON documents with schemas, and one HTML file. All take plain documents."""
