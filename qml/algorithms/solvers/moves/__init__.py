"""Moves that keep groups: which there are, feasible starts, chains of random moves, descents."""
