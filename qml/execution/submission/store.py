"""What submission needs of a store of results; `qml.records` has one."""

from collections.abc import Mapping
from typing import Any, Protocol

from qml.backends.base import Results


class ResultStore(Protocol):
    """Keeps the raw results of jobs by the digest of what decided them."""

    def get(self, digest: str) -> Results | None:
        """Return stored results, or None; a damaged entry counts as none and is told of."""
        ...

    def put(self, digest: str, results: Results, facts: Mapping[str, Any]) -> None:
        """Keep results, durably, with JSON facts on where they come from."""
        ...
