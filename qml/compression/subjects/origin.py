"""What a loaded model really is: full precision, or numbers that were quantised before."""

from collections import Counter
from pathlib import Path

from qml.compression.subjects.base import Subject
from qml.language.folders import gguf_of

_WHOLE = frozenset({"F16", "F32", "F64", "BF16"})
_NOTED = 0.01


def teacher_name(subject: Subject) -> str:
    """Name what candidates are held against.

    Returns:
        `fp32`, or e.g. `dequantised Q4_1`: the formats of a quantised GGUF file, each that holds
        at least a hundredth of the weights, the most used first.
    """
    path = _gguf(subject.folder)
    if path is None:
        return "fp32"
    names = quantised(path)
    return f"dequantised {', '.join(names)}" if names else "fp32"


def quantised(path: Path) -> list[str]:
    """Return the quantised formats of a GGUF file, the most used first."""
    from gguf import GGUFReader

    held: Counter[str] = Counter()
    for tensor in GGUFReader(path).tensors:
        held[tensor.tensor_type.name] += int(tensor.n_elements)
    least = _NOTED * held.total()
    return [name for name, count in held.most_common() if name not in _WHOLE and count >= least]


def _gguf(folder: Path | None) -> Path | None:
    if folder is None:
        return None
    return folder if folder.is_file() else gguf_of(folder)
