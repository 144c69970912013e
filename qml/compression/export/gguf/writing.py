"""Writes a GGUF file, tensor by tensor, so that it is never in memory as a whole."""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qml.compression.candidate import Candidate
from qml.compression.export.gguf.contents import (
    Stored,
    alignment,
    contents,
    parts,
    weights_by_format,
)
from qml.compression.export.gguf.metadata import add
from qml.compression.export.gguf.source import Source
from qml.compression.subjects.base import Subject

if TYPE_CHECKING:
    from gguf import GGUFWriter

_SPELT = {"Q3_K": "Q3_K_M", "Q4_K": "Q4_K_M", "Q5_K": "Q5_K_M", "MXFP4": "MXFP4_MOE"}
"""Formats whose file type has another name."""

_WEIGHTS = np.dtype(np.float16)
"""Any type but uint8, for which the writer would take shapes to be in bytes."""


def write_file(source: Source, subject: Subject, candidate: Candidate, path: Path) -> None:
    """Write a file.

    Raises:
        OSError: The disk is full, or the folder cannot be written.
        PlanError: A part is stored in a way that GGUF does not have.
    """
    from gguf import GGMLQuantizationType, GGUFWriter

    stored = contents(source, candidate)
    with _quiet(), closing(GGUFWriter(path, source.architecture)) as writer:
        writer.data_alignment = alignment(source)
        add(writer, source.entries, file_type(stored))
        for place, kind in stored:
            writer.add_tensor_info(
                place.name,
                place.shape,
                _WEIGHTS,
                Stored(place, kind).bytes,
                raw_dtype=GGMLQuantizationType(kind.number),
            )
        _head(writer)
        for part in parts(source, subject, candidate):
            writer.write_tensor_data(part.blocks)
        writer.flush()


def file_type(stored: list[Stored]) -> int:
    """Return GGUF's number for a file that is mostly of one format: that of the most weights."""
    from gguf import LlamaFileType

    counts = weights_by_format(stored)
    most = max(counts, key=lambda name: counts[name])
    if most == "F32":
        return int(LlamaFileType.ALL_F32)
    return int(LlamaFileType[f"MOSTLY_{_SPELT.get(most, most)}"])


def _head(writer: "GGUFWriter") -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the writer's plan off the terminal."""
    logger = logging.getLogger("gguf.gguf_writer")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)
