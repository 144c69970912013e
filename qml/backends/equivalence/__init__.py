"""Whether two circuits do the same to every state, up to a global phase."""

from qml.backends.equivalence.compare import SMALL, Sameness, compare

__all__ = ["SMALL", "Sameness", "compare"]
