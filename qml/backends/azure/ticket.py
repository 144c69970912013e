"""What travels with a job in its metadata, so that whoever finds it can read its results."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import NAMESPACE_URL, UUID, uuid5

from qml.errors import ProviderError

_KEY = "qml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """Facts of a job.

    Attributes:
        intent: The intent's key.
        places: For each wire, the qubit it is read from.
        shots: Shots.
        seed: Seed for drawing from a simulator's probabilities.
        one_qubit: One-qubit gates that were sent.
        two_qubit: Two-qubit gates likewise.
    """

    intent: str
    places: tuple[int, ...]
    shots: int
    seed: int
    one_qubit: int
    two_qubit: int

    def metadata(self) -> dict[str, str]:
        """Write it as Azure wants metadata: texts."""
        facts = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {_KEY: json.dumps(facts, separators=(",", ":"))}

    @classmethod
    def read(cls, metadata: Mapping[str, Any] | None) -> Self:
        """Read it back.

        Raises:
            ProviderError: The job is none of ours.
        """
        try:
            facts = json.loads((metadata or {})[_KEY])
            return cls(**{**facts, "places": tuple(facts["places"])})
        except (KeyError, TypeError, ValueError) as error:
            raise ProviderError(
                "the job's metadata does not tell how to read its results",
                hint="it was submitted by something else, and cannot be adopted",
            ) from error


def intent_of(metadata: Mapping[str, Any] | None) -> str | None:
    """Return the key of a job's intent; None where qml did not submit it."""
    try:
        return Ticket.read(metadata).intent
    except ProviderError:
        return None


def job_id(key: str) -> str:
    """Return the id that Azure is told: the key itself, which is a UUID, or one made from it."""
    try:
        return str(UUID(key))
    except ValueError:
        return str(uuid5(NAMESPACE_URL, f"qml:{key}"))
