"""A tiny model and a bench around it; the model is written once."""

import copy
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from compression.tiny import TEXT, write_tiny

from qml.config.sections.compress import CompressSection
from qml.ports import Silence, SystemClock
from qml.seeds import Seeds


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny(tmp_path_factory.mktemp("tiny") / "model")


@cache
def _opened(folder: Path):
    from qml.compression.subjects import open_subject
    from qml.language.sources.base import Settings

    return open_subject(f"hf:{folder}", Settings(root=Path(), environ=os.environ, threads=1))


@pytest.fixture
def tiny(tiny_folder: Path):
    """The tiny model, as fresh as if it had been read again."""
    return copy.deepcopy(_opened(tiny_folder))


@pytest.fixture
def make_bench(tiny, tmp_path: Path) -> Callable[..., object]:
    """Return a function from keys of `[compress]` to a bench with 32 chunks of 32 tokens."""

    def make(**keys):
        from qml.compression.bench import Bench, no_gradients
        from qml.compression.target import read_target
        from qml.plugins import load

        section = CompressSection.model_validate({"length": 32, "parallel": 1, **keys})
        exporter = load("exporters", "safetensors" if section.export == "none" else section.export)
        no_gradients(tiny.module)
        text = tmp_path / "calibrate.txt"
        text.write_text(TEXT)
        return Bench(
            subject=tiny,
            calibration=tiny.read([text], what="calibrate", length=32, most=1024),
            section=section,
            target=read_target(section.target),
            exporter=exporter,
            formats=exporter.formats(section),
            cache=tmp_path / "cache",
            seeds=Seeds(section.seed),
            progress=Silence(),
            clock=SystemClock(),
            stop=lambda: False,
        )

    return make
