"""Measures what the journal does not know yet, and shows how it goes."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

from qml.compression.bench import Bench
from qml.compression.bits.sensitivities.journal import Journal
from qml.compression.bits.sensitivities.keys import context
from qml.compression.bits.sensitivities.probe import Probe
from qml.compression.bits.sensitivities.workers import carry_out, processes_of
from qml.compression.candidate import Candidate
from qml.compression.subjects.base import Examples, Unit
from qml.errors import InterruptedRunError
from qml.files import digest_json

OWN = "base"
"""Key of the base's own divergence."""


class Job(Protocol):
    """Measurements that are made together.

    Attributes:
        keys: Of each of them in the journal.
        names: Of each of them for a person.
    """

    @property
    def keys(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def names(self) -> Sequence[str]: ...  # noqa: D102

    def run(self, probe: Probe) -> list[float]:
        """Measure, in the order of the keys (nats per output)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """All measurements of one base on the same examples.

    Attributes:
        bench: What every method works with.
        base: What tensors are changed in.
        examples: What is measured on.
        journal: What is known.
    """

    bench: Bench
    base: Candidate
    examples: Examples
    journal: Journal

    def complete(self, title: str, jobs: Sequence[Job]) -> None:
        """Measure what the jobs name, each kept as soon as it is known.

        Raises:
            InterruptedRunError: Somebody asked to stop.
            UsageError: The cache cannot be written, or a process died.
        """
        if not jobs:
            return
        if self._measure(title, jobs) < len(jobs):
            raise InterruptedRunError(
                f"interrupted while measuring: {title}",
                hint="the same command goes on from here: what was measured is in the cache",
            )

    def own(self) -> float:
        """Return the base's divergence from the teacher (nats per output); 0 where it is that."""
        if not self.base.parts:
            return 0.0
        if OWN not in self.journal:
            self.complete("the model as it is", [_Own()])
        return self.journal[OWN]

    def _measure(self, title: str, jobs: Sequence[Job]) -> int:
        """Return the number of jobs that were done."""
        bench, done, worst = self.bench, 0, (0.0, "")
        with bench.progress.bar(title, sum(len(job.keys) for job in jobs)) as bar:
            probe = Probe(bench.subject, self.base, self.examples)
            with probe.at_base():
                results = carry_out(
                    jobs,
                    lambda job: job.run(probe),
                    processes=processes_of(bench.section.parallel),
                    stop=bench.stop,
                )
                with closing(results):
                    for place, found in results:
                        job = jobs[place]
                        self.journal.add(dict(zip(job.keys, found, strict=True)))
                        done += 1
                        worst = max(worst, *zip(found, job.names, strict=True))
                        bar.advance(len(found), worst=f"{worst[1]} {worst[0]:.3g}")
        return done


@dataclass(frozen=True, slots=True)
class _Own:
    """The base as it is."""

    keys: Sequence[str] = (OWN,)
    names: Sequence[str] = (OWN,)

    def run(self, probe: Probe) -> list[float]:
        return [probe.own()]


def open_survey(bench: Bench, base: Candidate, examples: Examples) -> Survey:
    """Find what is known of a base.

    Args:
        bench: What every method works with.
        base: What was chosen so far. Where it changes no unit, what the file stores beside the
            units (`others`, e.g. an embedding) is left out, so that all targets share the cache.
        examples: What is measured on.
    """
    if not base.parts:
        base = Candidate({})
    about: Mapping[str, object] = context(bench.subject, base, examples)
    path = bench.cache / "sensitivities" / f"{digest_json(about)}.jsonl"
    return Survey(bench=bench, base=base, examples=examples, journal=Journal(path, about))


def short(unit: Unit) -> str:
    """Return a unit's name as a person reads it, e.g. `3.down_proj`."""
    return f"{unit.group}.{unit.kind}"
