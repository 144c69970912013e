"""What the fake vendor does with one submission."""

import json
from dataclasses import asdict, dataclass
from typing import Literal, Self

from qml.backends.remote import Phase

Told = Literal["id", "lost", "refused", "throttled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeReply:
    """One reply; the defaults are those of a good day.

    Attributes:
        jobs: How many jobs come into being; 2 where a gateway repeats the request.
        told: What the client learns: the id of the first job, nothing (the reply is lost), or a
            refusal.
        fate: How the jobs end: `done`, `failed` or `cancelled`.
        polls: Questions after which they end; before that they are queued, then running.
        hidden_questions: Listings on which they do not appear yet.
        hidden_seconds: Seconds for which they do not appear.
        retry_after: Seconds that a throttling vendor asks to wait, or None.
    """

    jobs: int = 1
    told: Told = "id"
    fate: Phase = Phase.DONE
    polls: int = 0
    hidden_questions: int = 0
    hidden_seconds: float = 0.0
    retry_after: float | None = None

    def __post_init__(self) -> None:
        if self.told == "id" and self.jobs < 1:
            raise ValueError("no job, no id")
        if self.told in {"refused", "throttled"} and self.jobs:
            raise ValueError("what is refused makes no job")
        if not self.fate.final:
            raise ValueError(f"no job ends as {self.fate}")

    def dumps(self) -> str:
        """Write it as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def loads(cls, text: str) -> Self:
        """Read it back."""
        document = json.loads(text)
        return cls(**{**document, "fate": Phase(document["fate"])})


LOST = FakeReply(told="lost")
NEVER_ARRIVED = FakeReply(jobs=0, told="lost")
REFUSED = FakeReply(jobs=0, told="refused")
