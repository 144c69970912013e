"""A vendor whose jobs are files in a folder: they outlive the process, as a vendor's do."""

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from qml.backends.base import Capabilities, Intent, Job, Results
from qml.backends.remote import Listed, Machine, Phase, Progress
from qml.circuits import Work, resources
from qml.errors import ProviderError, UnknownSubmissionError
from qml.results.counts import Counts
from qml.results.sizes import CircuitSize
from qml.results.usage import Usage
from qml.units import Money
from tiny_backend.simulator import dumped, run

MOST_CIRCUITS = 50


class TinyCloud:
    """A machine of the cloud: it has a price, and bills nothing."""

    provider = "tinycloud"
    mitigated = False

    def __init__(self, device: str, folder: str) -> None:
        self.device = device
        self.name = f"{self.provider}.{device}"
        self.capabilities = Capabilities(
            qubits=8,
            exact=False,
            samples=True,
            noise=False,
            paid=True,
            remote=True,
            billing=(self.provider, device),
        )
        self._folder = Path(folder)

    @property
    def place(self) -> str | None:
        """Return None: there is no other."""
        return None

    def ready(self) -> None:
        if not self._folder.is_dir():
            raise ProviderError(f"the cloud is not there: {self._folder}")

    def identity(self) -> Mapping[str, Any]:
        return {"provider": self.provider, "device": self.device}

    def snapshot(self) -> Mapping[str, Any]:
        return {"name": self.name, **self.identity()}

    def split(self, work: Work) -> Sequence[Work]:
        rows = range(0, len(work.circuits), MOST_CIRCUITS)
        return [replace(work, circuits=work.circuits[r : r + MOST_CIRCUITS]) for r in rows]

    def usage(self, work: Work) -> Usage:
        return work.usage

    def sizes(self, work: Work) -> Sequence[CircuitSize]:
        counted = [resources(c) for c in work.circuits]
        return [CircuitSize(one_qubit=r.one_qubit, two_qubit=r.two_qubit) for r in counted]

    @property
    def most_seconds(self) -> float | None:
        """Return None: no limit on the time of a job is sent."""
        return None

    def seconds(self, work: Work) -> float | None:
        return None

    def estimate(self, work: Work) -> Money | None:
        return None

    def submit(self, work: Work, intent: Intent) -> Job:
        job = Job(id=f"tiny-{uuid4().hex[:8]}")
        facts = {
            "key": intent.key,
            "made": time.time(),
            "usage": asdict(work.usage),
            "counts": dumped(run(work)),
        }
        self._path(job).write_text(json.dumps(facts))
        return job

    def poll(self, job: Job) -> Progress:
        self._read(job)
        return Progress(phase=Phase.DONE)

    def fetch(self, job: Job) -> Results:
        facts = self._read(job)
        counts = tuple(Counts(wires, tally) for wires, tally in json.loads(facts["counts"]))
        return Results(counts=counts, usage=Usage(**facts["usage"]))

    def find(self, intent: Intent) -> Job | None:
        ids = [row.id for row in self.jobs(0.0) if row.key == intent.key]
        if len(ids) > 1:
            raise UnknownSubmissionError(f"two jobs of one key: {', '.join(ids)}")
        return Job(id=ids[0]) if ids else None

    def billed(self, job: Job) -> Money | None:
        return Money(amount=Decimal("0.00"))

    def cancel(self, job: Job) -> None:
        """Too late: jobs are done when they are accepted."""

    def jobs(self, since: float) -> Iterable[Listed]:
        read = {p.stem: json.loads(p.read_text()) for p in sorted(self._folder.glob("tiny-*.json"))}
        return [
            Listed(id=name, key=facts["key"], phase=Phase.DONE, submitted=facts["made"])
            for name, facts in read.items()
            if facts["made"] >= since
        ]

    def machine(self) -> Machine:
        return Machine(available=True, queue=0.0)

    def differentiable(self, model: object) -> None:
        return None

    def overlaps(self, model: object) -> None:
        return None

    def close(self) -> None:
        """Hold nothing."""

    def _path(self, job: Job) -> Path:
        return self._folder / f"{job.id}.json"

    def _read(self, job: Job) -> dict[str, Any]:
        try:
            return json.loads(self._path(job).read_text())
        except FileNotFoundError:
            raise ProviderError(f"the cloud knows no job {job.id}") from None
