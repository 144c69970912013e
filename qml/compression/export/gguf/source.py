"""What a model's GGUF file holds beside the weights, and where each of its tensors comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qml.compression.export.gguf.metadata import Entry, copied
from qml.compression.export.gguf.names import ARCHITECTURES, names, order
from qml.compression.export.gguf.tokenizer import entries_of
from qml.compression.formats.ggml import BlockType, GgmlPart, block_type
from qml.compression.formats.ggml.codec import encode
from qml.compression.subjects.base import Subject
from qml.errors import PlanError
from qml.language.folders import gguf_of

if TYPE_CHECKING:
    from gguf import GGUFReader
    from numpy.typing import NDArray


_LARGEST = 65504
"""Largest float16."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A tensor of the file.

    Attributes:
        name: As GGUF calls it.
        parameter: As the model calls it; None for one that the model computes by itself.
        shape: As the model has it.
        kind: How it is stored where nobody changes it.
        rows: Order of its rows in the file, or None.
    """

    name: str
    parameter: str | None
    shape: tuple[int, ...]
    kind: BlockType
    rows: "NDArray[np.int64] | None" = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a file of this model is made from.

    Attributes:
        architecture: As GGUF calls it.
        entries: Keys that are kept.
        places: All tensors in the order of the file.
        path: The GGUF file that the model was loaded from, or None.
        quantised: Formats of a source that was quantised already: weights in each.
    """

    architecture: str
    entries: Sequence[Entry]
    places: Sequence[Place]
    path: Path | None = None
    quantised: Mapping[str, int] = field(default_factory=dict)

    def part(self, place: Place, subject: Subject) -> GgmlPart:
        """Return a tensor as it is stored where nobody changes it."""
        if self.path is not None:
            return GgmlPart(place.kind, _raw(self.path, place))
        assert place.parameter is not None
        values = subject.module.get_parameter(place.parameter).detach().float().numpy()
        if place.rows is not None:
            values = values[place.rows]
        matrix = values.reshape(-1, values.shape[-1])
        return GgmlPart(place.kind, encode(place.kind, np.ascontiguousarray(matrix), None))


def source_of(subject: Subject) -> Source:
    """Return what a model's file is made from.

    Raises:
        PlanError: The model is no language model, or its architecture or tokenizer is none that
            can be written.
    """
    config: Any = getattr(subject.module, "config", None)
    kind = type(subject.module).__name__
    if config is None or subject.folder is None or kind not in ARCHITECTURES:
        raise PlanError(
            f"a GGUF file cannot hold {kind}",
            hint=f"it can be made of {', '.join(ARCHITECTURES)}; others: --export safetensors",
        )
    path = subject.folder if subject.folder.is_file() else gguf_of(subject.folder)
    if path is None:
        return _from_folder(subject, config, ARCHITECTURES[kind])
    return _from_file(subject, config, path)


def _from_file(subject: Subject, config: Any, path: Path) -> Source:
    entries, stored = _file(path)
    architecture = next(e.value for e in entries if e.key == "general.architecture")
    known = _parameters(subject, config, architecture)
    places, quantised = [], dict[str, int]()
    for name, number, shape in stored:
        place = _place(config, architecture, name, known.pop(name, None), shape, number)
        if place.kind.block > 1:
            size = int(np.prod(shape))
            quantised[place.kind.name] = quantised.get(place.kind.name, 0) + size
        places.append(place)
    if known:
        raise PlanError(f"{path.name} lacks {', '.join(sorted(known))}, which the model has")
    kept = [entry for entry in entries if entry.key != "general.architecture"]
    return Source(
        architecture=architecture, entries=kept, places=places, path=path, quantised=quantised
    )


def _from_folder(subject: Subject, config: Any, architecture: str) -> Source:
    entries = entries_of(subject.files, config, architecture, subject.name)
    places = []
    for name, parameter in _parameters(subject, config, architecture).items():
        values = subject.module.get_parameter(parameter)
        shape = tuple(values.shape)
        half = len(shape) > 1 and float(values.detach().abs().max()) <= _LARGEST
        number = block_type("F16" if half else "F32").number
        places.append(_place(config, architecture, name, parameter, shape, number))
    return Source(architecture=architecture, entries=entries, places=places)


def _parameters(subject: Subject, config: Any, architecture: str) -> dict[str, str]:
    """Return the model's name of each tensor, tied ones once, by GGUF's name."""
    table = names(architecture, config.num_hidden_layers)
    found = {}
    for parameter, _ in subject.module.named_parameters():
        if parameter not in table:
            raise PlanError(f"GGUF's {architecture} has no tensor for {parameter}")
        found[table[parameter]] = parameter
    return found


def _place(
    config: Any,
    architecture: str,
    name: str,
    parameter: str | None,
    shape: tuple[int, ...],
    number: int,
) -> Place:
    heads = config.num_attention_heads, config.num_key_value_heads
    rows = None if parameter is None else order(architecture, parameter, shape[0], *heads)
    kind = _by_number(number)
    return Place(name=name, parameter=parameter, shape=shape, kind=kind, rows=rows)


def _by_number(number: int) -> BlockType:
    from gguf import GGMLQuantizationType

    return block_type(GGMLQuantizationType(number).name)


@lru_cache(maxsize=2)
def _reader(path: Path, changed: float) -> "GGUFReader":
    del changed
    from gguf import GGUFReader

    return GGUFReader(path)


@lru_cache(maxsize=2)
def _read(path: Path, changed: float) -> tuple[list[Entry], list[tuple[str, int, tuple[int, ...]]]]:
    reader = _reader(path, changed)
    field = reader.fields["general.architecture"]
    entries = [Entry("general.architecture", field.contents(), int(field.types[0]))]
    stored = [
        (t.name, int(t.tensor_type), tuple(int(n) for n in reversed(t.shape.tolist())))
        for t in reader.tensors
    ]
    return entries + copied(reader), stored


def _file(path: Path) -> tuple[list[Entry], list[tuple[str, int, tuple[int, ...]]]]:
    """Return keys and tensors; read once for as long as the file does not change."""
    return _read(path, path.stat().st_mtime)


def _raw(path: Path, place: Place) -> "NDArray[np.uint8]":
    """Return the bytes of a tensor, shape (rows, bytes of a row), as a view of the file."""
    reader = _reader(path, path.stat().st_mtime)
    data = next(tensor.data for tensor in reader.tensors if tensor.name == place.name)
    rows = 1 if len(place.shape) == 1 else place.shape[0]
    return np.asarray(data).view(np.uint8).reshape(rows, -1)
