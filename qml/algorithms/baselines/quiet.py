"""Learns whether a fit converged instead of letting the library warn about it."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sklearn.exceptions import ConvergenceWarning


@contextmanager
def convergence() -> Iterator[Callable[[], bool]]:
    """Keep convergence warnings to itself, and pass on all others.

    Yields:
        A function that tells, after the block, whether every fit in it converged.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ConvergenceWarning)
        yield lambda: not any(issubclass(w.category, ConvergenceWarning) for w in caught)
    for warning in caught:
        if not issubclass(warning.category, ConvergenceWarning):
            warnings.warn_explicit(
                warning.message, warning.category, warning.filename, warning.lineno
            )
