"""A candidate that can be trained: its small stored numbers, and the forward pass made of them."""

from collections.abc import Mapping
from typing import Any, cast

import torch
from torch import Tensor, nn

from qml.compression.candidate import Candidate
from qml.compression.distill.handles import Handle, handle, narrowest, root_mean_square
from qml.compression.formats.plain import PlainPart
from qml.compression.subjects.base import Examples, Subject


class Student:
    """A candidate with numbers that are trained.

    Trained are the scales or kept weights of the parts, and norms and biases, which a file holds as
    they are. What no handle fits (GGUF's blocks, the embedding) stays as it is.

    Args:
        subject: The teacher's model; its own weights are never changed.
        base: What is trained.
    """

    def __init__(self, subject: Subject, base: Candidate) -> None:
        self.subject, self.base = subject, base
        found = {name: handle(part) for name, part in base.parts.items()}
        self._parts = {name: h for name, h in found.items() if h is not None}
        self._others = _norms(subject, base)
        self._chain = _Chain(subject)
        self._names = _names(subject)
        every = {**self._parts, **self._others}
        self.moved = {n: torch.zeros_like(h.start, requires_grad=True) for n, h in every.items()}

    @property
    def rest(self) -> Candidate:
        """What is not trained; it must be applied while the student runs."""
        parts = {n: p for n, p in self.base.parts.items() if n not in self._parts}
        others = {n: p for n, p in self.base.others.items() if n not in self._others}
        return Candidate(parts, others)

    def trained(self) -> dict[str, int]:
        """Count what is trained, by what it is."""
        counts: dict[str, int] = {}
        for found in (*self._parts.values(), *self._others.values()):
            counts[found.what] = counts.get(found.what, 0) + found.start.numel()
        return counts

    def weights(self) -> dict[str, Tensor]:
        """Return the model's parameters as the trained numbers make them, differentiable."""
        found = {}
        for name, one in self._parts.items():
            parameter = self._names[name]
            shape = self.subject.module.get_parameter(parameter).shape
            found[parameter] = one.dense(one.values(self.moved[name])).reshape(shape)
        for name, one in self._others.items():
            found[name] = one.values(self.moved[name])
        return found

    def logits(self, weights: Mapping[str, Tensor], inputs: Examples) -> Tensor:
        """Run the model with other parameters, shape (outputs, classes)."""
        placed: dict[str, Tensor] = {f"module.{name}": v for name, v in weights.items()}
        found = torch.func.functional_call(self._chain, placed, (inputs,), strict=False)
        return cast("Tensor", found)

    def candidate(self) -> Candidate:
        """Return the trained numbers as they are stored; nothing that refers to the training."""
        with torch.no_grad():
            stored = {
                name: one.values(self.moved[name]).clone()
                for name, one in (*self._parts.items(), *self._others.items())
            }
        parts = {name: one.part(stored[name]) for name, one in self._parts.items()}
        others = {name: stored[name] for name in self._others}
        return Candidate({**self.base.parts, **parts}, {**self.base.others, **others})


class _Chain(nn.Module):  # type: ignore[misc] # torch is untyped here
    """The stages of a subject as one module, so that its parameters can be stood in for."""

    def __init__(self, subject: Subject) -> None:
        super().__init__()
        self.module = subject.module
        self._run = [subject]  # a list, since a subject may be a module itself

    def forward(self, examples: Examples) -> Tensor:
        """Return the logits, shape (outputs, classes)."""
        (subject,) = self._run
        state = subject.begin(examples)
        for stage in range(subject.stages):
            state = subject.run(stage, state)
        return subject.logits(state)


def _names(subject: Subject) -> dict[str, str]:
    """Return the name of each unit's parameter in the model."""
    known = {id(p): name for name, p in subject.module.named_parameters()}
    return {unit.name: known[id(subject.weight(unit))] for unit in subject.units}


def _norms(subject: Subject, base: Candidate) -> dict[str, Handle]:
    """Return norms and biases: parameters with one axis."""
    units = set(_names(subject).values())
    found = {}
    for name, parameter in subject.module.named_parameters():
        stored: Any = base.others.get(name, parameter.detach())
        if parameter.ndim == 1 and name not in units and isinstance(stored, Tensor):
            found[name] = _norm(stored.float())
    return found


def _norm(start: Tensor) -> Handle:
    start = start.clone()
    return Handle(
        start=start,
        unit=root_mean_square(start).clamp(min=1e-3),
        stored=narrowest(start),
        dense=lambda values: values,
        part=PlainPart,
        what="norms",
    )
