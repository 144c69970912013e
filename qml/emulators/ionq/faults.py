"""Faults that can be injected: what goes wrong, how often, decided by a seed.

Faults of `POST /v0.4/jobs` count these requests from 1, refused ones and those of an earlier
process with the same state file included; the names that begin with `get-` count every GET of jobs
and sessions since the start. `NAME:P` strikes each with probability P, `NAME@N` the N-th alone. Of
several that strike one request, the first given decides the answer, and the first given decides the
fate of the job.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from qml.errors import UsageError

_GATEWAY = (500, 502, 503, 504, 520, 522, 524)

ANSWERS = {
    **{f"{code}-before-accept": f"answer {code}, no job is made" for code in _GATEWAY},
    **{f"{code}-after-accept": f"make the job, answer {code}" for code in _GATEWAY},
    "drop-before-accept": "close the connection, no job is made",
    "drop-after-accept": "make the job, close the connection without an answer",
    "429": "answer 429 with Retry-After, no job is made",
    "401": "answer 401, no job is made",
    "409": "answer 409, no job is made",
    "slow-response": "make the job, answer after --slow",
    "wrong-json": "make the job, answer 201 with a body that is not JSON",
}
"""Faults of the answer to a submission."""

FATES = {
    "job-failed": "the job fails: QuantumComputerError",
    "quota-exhausted": "the job fails: QuotaExhaustedError",
    "job-canceled": "the vendor cancels the job while it is queued",
    "slow-queue": "the job waits ten times as long as --queue, at least --slow",
    "endless-queue": "the job waits until it is cancelled",
    "lost-listing": "the job is missing from GET /jobs for --slow",
}
"""Faults of the job itself."""

READS = {
    **{f"get-{code}": f"answer {code}" for code in (401, 409, 429, *_GATEWAY)},
    "get-drop": "close the connection",
    "get-slow": "answer after --slow",
    "get-wrong-json": "answer 200 with a body that is not JSON",
}
"""Faults of reading."""

NAMES = {**ANSWERS, **FATES, **READS}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault.

    Attributes:
        name: A key of `NAMES`.
        probability: Chance to strike a request, 0 to 1.
        at: Number of the one request that is struck, or None.
    """

    name: str
    probability: float = 0.0
    at: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `NAME:PROBABILITY` or `NAME@N`.

        Raises:
            UsageError: The name is unknown or the number makes no sense.
        """
        name, sign, number = text.partition("@" if "@" in text else ":")
        if name not in NAMES:
            raise UsageError(f"unknown fault `{name}`", hint=f"known: {', '.join(NAMES)}")
        try:
            if sign == "@" and int(number) >= 1:
                return cls(name, at=int(number))
            if sign == ":" and 0 <= float(number) <= 1:
                return cls(name, probability=float(number))
        except ValueError:
            pass  # told below, with numbers that are out of range
        raise UsageError(
            f"fault `{text}` has no usable number",
            hint="NAME:PROBABILITY with 0 to 1, or NAME@N for the N-th request, N from 1",
        )

    def strikes(self, seed: int, number: int) -> bool:
        """Tell whether it strikes the `number`-th request."""
        if self.at is not None:
            return self.at == number
        digest = hashlib.sha256(f"{seed}/fault/{self.name}/{number}".encode()).digest()
        return int.from_bytes(digest[:8], "big") / 2**64 < self.probability

    def __str__(self) -> str:
        return f"{self.name}@{self.at}" if self.at else f"{self.name}:{self.probability:g}"


def struck(faults: Iterable[Fault], kinds: Iterable[str], seed: int, number: int) -> str | None:
    """Return the first fault among `kinds` that strikes the request, or None."""
    wanted = set(kinds)
    return next((f.name for f in faults if f.name in wanted and f.strikes(seed, number)), None)
