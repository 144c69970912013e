"""A compressed version of a subject: which part stands for each unit."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import torch
from torch import Tensor

from qml.compression.formats.base import Part
from qml.compression.subjects.base import Subject, Unit


@dataclass(frozen=True, slots=True)
class Candidate:
    """A compressed version of a subject; small, since parts hold codes.

    Attributes:
        parts: By the name of the unit; units that are not named are as they were.
        others: Parameters that are no units and were changed, by their name in the model; a Part
            where it is settled how they are stored.
    """

    parts: Mapping[str, Part]
    others: Mapping[str, Tensor | Part] = field(default_factory=dict)

    def payload(self, subject: Subject) -> float:
        """Return the mean bits per weight of all units, scales left out."""
        units = subject.units
        bits = sum(
            self.parts[u.name].payload if u.name in self.parts else 32.0 * u.weights for u in units
        )
        return bits / sum(u.weights for u in units)


@contextmanager
def applied(subject: Subject, candidate: Candidate) -> Iterator[None]:
    """Put a candidate's weights into the model, and the model's own back at the end."""
    kept: list[tuple[torch.nn.Parameter, Tensor]] = []
    units = {unit.name: unit for unit in subject.units}
    try:
        with torch.no_grad():
            for name, part in candidate.parts.items():
                _replace(subject.weight(units[name]), part.dense(), kept)
            for name, values in candidate.others.items():
                dense = values if isinstance(values, Tensor) else values.dense()
                _replace(subject.module.get_parameter(name), dense, kept)
        yield
    finally:
        for parameter, values in kept:
            parameter.data = values


@contextmanager
def swapped(subject: Subject, unit: Unit, weight: Tensor) -> Iterator[None]:
    """Put one matrix in the place of a unit's, and the unit's own back at the end."""
    kept: list[tuple[torch.nn.Parameter, Tensor]] = []
    try:
        _replace(subject.weight(unit), weight, kept)
        yield
    finally:
        for parameter, values in kept:
            parameter.data = values


def _replace(
    parameter: torch.nn.Parameter, values: Tensor, kept: list[tuple[torch.nn.Parameter, Tensor]]
) -> None:
    kept.append((parameter, parameter.data))
    parameter.data = values.reshape(parameter.shape).to(parameter.dtype)
