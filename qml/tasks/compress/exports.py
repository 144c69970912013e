"""The chosen candidate as a file: written, read back, judged, copied to where it is wanted."""

import shutil
from pathlib import Path
from typing import Any, NamedTuple

from qml.compression.bench import Bench
from qml.compression.candidate import Candidate
from qml.compression.export.whole import on_disk, whole
from qml.compression.judging import Judgement
from qml.compression.subjects.base import Examples
from qml.files import digest_file, digest_json
from qml.results.bootstrap import Resampling
from qml.tasks.compress.rows import EMPTY, measured, sizes

FOLDER = "export"


class Written(NamedTuple):
    """A file that was written and measured.

    Attributes:
        row: Its line of the table.
        facts: `path`, `bytes`, `predicted`, `copied_to`.
        judgement: What the file itself answers.
    """

    row: dict[str, Any]
    facts: dict[str, Any]
    judgement: Judgement


def export(
    bench: Bench, candidate: Candidate, held_out: Examples, draws: Resampling, run: Path, root: Path
) -> Written:
    """Write the file into the run, read it back, measure it.

    Args:
        bench: The model and the exporter.
        candidate: What was chosen.
        held_out: What the file is judged on.
        draws: Of the bootstrap.
        run: Folder of the run.
        root: Folder of the project.

    Raises:
        UsageError: There is no room, or the place is taken; nothing half-written is left.
    """
    section, exporter = bench.section, bench.exporter
    folder = run / "artifacts" / FOLDER
    shutil.rmtree(folder, ignore_errors=True)  # of a session that was stopped
    with bench.progress.bar(f"writing {section.export}", None):
        path = exporter.write(bench.subject, candidate, folder)
    copied = None
    if section.output is not None:
        copied = copy(path, root / section.output)
    with bench.progress.bar("judging the written file", None):
        judgement = exporter.judge(path, bench.subject, held_out)
        speed = exporter.speed(path, bench.subject, held_out) if section.speed else None
    size = on_disk(path)
    expected = sizes(bench, candidate)
    row = {
        **EMPTY,
        "method": "export",
        "label": section.export,
        **expected,
        "bits_per_weight": 8 * size / bench.subject.describe()["parameters"],
        "bytes": size,
        **measured(judgement, draws),
        "tokens_per_second": speed,
        "note": f"{path.name}, read back and run",
    }
    facts = {
        "path": path.relative_to(run).as_posix(),
        "format": section.export,
        "bytes": size,
        "bytes_predicted": expected["bytes_predicted"],
        "sha256": digest_of(path),
        "copied_to": None if copied is None else str(copied),
    }
    return Written(row, facts, judgement)


def copy(source: Path, target: Path) -> Path:
    """Copy a file or a folder, whole or not at all.

    Raises:
        UsageError: The target exists, or there is no room for it.
    """
    with whole(target, on_disk(source)) as scratch:
        if source.is_dir():
            shutil.copytree(source, scratch)
        else:
            shutil.copyfile(source, scratch)
    return target


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file; of the digests of all its files where it is a folder."""
    if path.is_file():
        return digest_file(path)
    files = sorted(part for part in path.rglob("*") if part.is_file())
    return digest_json({part.relative_to(path).as_posix(): digest_file(part) for part in files})
