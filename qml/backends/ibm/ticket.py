"""What travels in a job's tags, so that it can be found and read by another process."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

from qml.results.usage import Usage

_KEY = "qml:"
_USAGE = "qml-usage:"
_PARTS = 4


class Ticket(NamedTuple):
    """The tags of a job.

    Attributes:
        key: Key of the intent, or None where the job is not ours.
        usage: What it uses, as it was told before; None where the job is not ours.
    """

    key: str | None
    usage: Usage | None

    def tags(self) -> list[str]:
        """Return the tags to be sent."""
        tags = [] if self.key is None else [tag(self.key)]
        if self.usage is not None:
            u = self.usage
            tags.append(f"{_USAGE}{u.circuits}-{u.shots}-{u.one_qubit}-{u.two_qubit}")
        return tags

    @classmethod
    def read(cls, tags: Iterable[str] | None) -> Self:
        """Read the tags of a job."""
        listed = list(tags or ())
        keys = [t.removeprefix(_KEY) for t in listed if t.startswith(_KEY)]
        used = [t.removeprefix(_USAGE).split("-") for t in listed if t.startswith(_USAGE)]
        return cls(keys[0] if keys else None, _usage(used[0]) if used else None)


def tag(key: str) -> str:
    """Return the tag that carries the key of an intent."""
    return f"{_KEY}{key}"


def _usage(parts: Sequence[str]) -> Usage | None:
    if len(parts) != _PARTS or not all(p.isdecimal() for p in parts):
        return None
    circuits, shots, one, two = (int(p) for p in parts)
    return Usage(submissions=1, circuits=circuits, shots=shots, one_qubit=one, two_qubit=two)
