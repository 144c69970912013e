"""What the file of a candidate holds: its header and all of its tensors, before any is made."""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from torch import Tensor

from qml.compression.candidate import Candidate
from qml.compression.export.safetensors.container import Spec, spec_of
from qml.compression.export.safetensors.parts import blobs, document
from qml.compression.export.untouched import untouched
from qml.compression.formats.base import Part
from qml.compression.subjects.base import Subject
from qml.compression.subjects.written import MARK

SCHEMA = f"{MARK}1"
DECODE = (
    "part P: weight[r, c] = scales[r, c // group] * (codes[r, c] - zeros[r, c // group]); codes"
    " and zeros are streams of `width` bits each, lowest bit first, in C order; 1-bit streams say"
    " which weights, rows or columns are there"
)


class Plan(NamedTuple):
    """A file before it is written.

    Attributes:
        metadata: Strings of its header.
        specs: What each tensor takes.
        make: Makes a tensor.
    """

    metadata: dict[str, str]
    specs: dict[str, Spec]
    make: Callable[[str], Tensor]


def plan(subject: Subject, candidate: Candidate) -> Plan:
    """Return the file of a candidate.

    Raises:
        PlanError: A part is in a format that the file has no place for.
    """
    stored: dict[str, Tensor | Part] = {**candidate.parts, **untouched(subject, candidate)}
    parts = {name: part for name, part in stored.items() if not isinstance(part, Tensor)}
    makers: dict[str, Callable[[], Tensor]] = {}
    specs: dict[str, Spec] = {}
    for name, found in stored.items():
        made = (
            {name: (spec_of(found), found.detach)}
            if isinstance(found, Tensor)
            else {f"{name}.{suffix}": blob for suffix, blob in blobs(found).items()}
        )
        specs |= {key: spec for key, (spec, _) in made.items()}
        makers |= {key: maker for key, (_, maker) in made.items()}
    metadata = _metadata(subject, parts)
    return Plan(metadata, specs, lambda key: makers[key]())


def _metadata(subject: Subject, parts: Mapping[str, Part]) -> dict[str, str]:
    told = subject.describe()
    model: dict[str, Any] = {key: told[key] for key in ("source", "sha256")}
    units = {name: document(part) for name, part in parts.items()}
    return {
        "format": SCHEMA,
        "decode": DECODE,
        "model": json.dumps(model),
        "parts": json.dumps(units, separators=(",", ":")),
    }
