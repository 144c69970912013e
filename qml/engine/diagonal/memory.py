"""How much memory a diagonal program takes."""

_FORWARD, _GRADIENT = 8, 18
"""Vectors of real numbers beside the energies, while layers run and while they run backwards."""


def bytes_needed(amplitudes: int, *, precision: str = "float32", gradient: bool = False) -> int:
    """Estimate the peak memory from above; it does not grow with the layers.

    Args:
        amplitudes: Assignments that are kept, 2**n without constraints.
        precision: "float32" or "float64".
        gradient: Whether derivatives are taken too.
    """
    real = 8 if precision == "float64" else 4
    vectors = _GRADIENT if gradient else _FORWARD
    energies = 3 * 8  # in double precision while they are computed, cumulated and searched
    return amplitudes * (vectors * real + energies)
