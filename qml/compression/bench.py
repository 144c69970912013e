"""What every method works with, and what it hands back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor

from qml.compression.candidate import Candidate
from qml.compression.export.base import Exporter
from qml.compression.formats.base import Format
from qml.compression.subjects.base import Examples, Subject, Unit
from qml.compression.target import Target
from qml.config.sections.compress import CompressSection
from qml.ports import Clock, Progress
from qml.seeds import Seeds


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What every method works with.

    Attributes:
        subject: The model; its weights are the teacher's whenever no candidate is applied.
        calibration: What decisions are made on. Held-out examples are not here on purpose.
        section: `[compress]`.
        target: How small.
        exporter: Decides which formats are on offer, and what the file takes.
        formats: What a unit may be stored in.
        cache: Folder of measurements that other runs may use again.
        seeds: Feed every random choice, by name.
        progress: Shows that work goes on.
        clock: What time it is.
        stop: Whether somebody asked to stop.
    """

    subject: Subject
    calibration: Examples
    section: CompressSection
    target: Target
    exporter: Exporter
    formats: Sequence[Format]
    cache: Path
    seeds: Seeds
    progress: Progress
    clock: Clock
    stop: Callable[[], bool]

    def weight(self, base: Candidate, unit: Unit) -> Tensor:
        """Return a unit's weights as a candidate has them, shape (rows, columns), float32."""
        if unit.name in base.parts:
            return base.parts[unit.name].dense()
        return self.subject.weight(unit).detach().reshape(unit.rows, unit.columns)

    def sample(self, tokens: int) -> Examples:
        """Return about as many outputs of the calibration, from its first chunks.

        Language models: chunks are shortened where one alone is longer.
        """
        return first(self.calibration, tokens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the result: something that was chosen, or a rival of it.

    Attributes:
        label: What made it, e.g. `ilp`, `gptq`, `wanda`; unique in its step.
        candidate: What it made; None where only its objective is compared.
        objective: What it minimised, on calibration data; None where it minimises nothing.
        bound: A proven lower bound of this very objective, or None.
        seconds: Time of the search (s); measurements that all share are not in it.
        evaluations: Evaluations of the search, or None where it has none.
        rival: Whether it is only shown for comparison.
        note: What a reader must know, or empty.
    """

    label: str
    candidate: Candidate | None
    objective: float | None = None
    bound: float | None = None
    seconds: float = 0.0
    evaluations: int | None = None
    rival: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one method made.

    Attributes:
        method: `bits`, `round`, `prune` or `distill`.
        entries: All lines; the chosen one is among them.
        chosen: Label of the one that the next method starts from.
        document: Details for the records, JSON values.
        notes: What a reader must know.
        interrupted: Whether somebody asked to stop before it was done.
    """

    method: str
    entries: tuple[Entry, ...]
    chosen: str
    document: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    interrupted: bool = False

    def candidate(self) -> Candidate:
        """Return what was chosen."""
        found = next(e.candidate for e in self.entries if e.label == self.chosen)
        assert found is not None
        return found


class Method(Protocol):
    """The module that an entry point of `qml.compressors.v1` names."""

    def check(self, section: CompressSection) -> None:
        """Refuse settings before a model is loaded.

        Raises:
            ConfigError: Says what, and where it is written.
        """
        ...

    def compress(self, bench: Bench, base: Candidate) -> Step:
        """Go on from what the method before made.

        Raises:
            PlanError: It cannot be done, e.g. the target is out of reach; says the nearest.
        """
        ...


def first(examples: Examples, outputs: int) -> Examples:
    """Return about as many outputs, from the first chunks or rows; never fewer than one example."""
    inputs = examples.inputs
    per = len(examples.targets) // len(inputs)
    if per <= 1:
        most = max(1, outputs)
        return Examples(inputs[:most], examples.targets[:most], examples.clusters[:most])
    length = min(inputs.shape[1], outputs + 1)
    count = max(1, min(len(inputs), outputs // (length - 1)))
    from qml.compression.subjects.corpora import examples_of

    return examples_of(inputs[:count, :length].contiguous())


def no_gradients(model: torch.nn.Module) -> None:
    """Keep torch from recording what is only measured."""
    for parameter in model.parameters():
        parameter.requires_grad_(requires_grad=False)
