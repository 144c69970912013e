"""What turns texts into vectors whose angle says how alike they are."""

from collections.abc import Sequence
from typing import Any, Protocol

from numpy import float64
from numpy.typing import NDArray


class Embedder(Protocol):
    """Maps texts to unit vectors. Opening one checks; the first call loads."""

    @property
    def name(self) -> str:
        """The embedding as the user wrote it, e.g. `minilm`."""
        ...

    def describe(self) -> dict[str, Any]:
        """Return what a manifest needs to know: name, model, digest, engine and version."""
        ...

    def __call__(self, texts: Sequence[str]) -> NDArray[float64]:
        """Embed texts.

        Returns:
            (N, d), rows of unit length (L2); a text's row does not depend on the other texts.
        """
        ...
