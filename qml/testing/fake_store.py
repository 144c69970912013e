"""A store of results in memory that outlives simulated crashes."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from qml.backends.base import Results


class Kept(NamedTuple):
    """A stored result.

    Attributes:
        results: What was put.
        facts: What it was put with.
    """

    results: Results
    facts: Mapping[str, Any]


class FakeStore:
    """Implements `ResultStore`.

    Attributes:
        kept: Stored results by digest; take one away to lose it.
    """

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}

    def get(self, digest: str, *, where: Mapping[str, str] | None = None) -> Results | None:
        """Return stored results, or None."""
        kept = self.kept.get(digest)
        if kept is None or any(kept.facts[name] != value for name, value in (where or {}).items()):
            return None
        return kept.results

    def put(self, digest: str, results: Results, facts: Mapping[str, Any]) -> None:
        """Keep results."""
        self.kept[digest] = Kept(results, dict(facts))
