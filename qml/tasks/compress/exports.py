"""The chosen candidate as a file: written, read back, judged, copied to where it is wanted."""

import shutil
from pathlib import Path
from typing import Any, NamedTuple

from qml.compression.bench import Bench
from qml.compression.candidate import Candidate
from qml.compression.export.atomic import on_disk, whole
from qml.compression.subjects.base import Examples
from qml.errors import UsageError
from qml.files import digest_file, digest_json
from qml.results.bootstrap import Resampling
from qml.tasks.compress.rows import EMPTY, measured, sizes

FOLDER = "export"


class Written(NamedTuple):
    """What became of the file.

    Attributes:
        row: Its line of the table; None where it was not written or not measured.
        facts: `path`, `format`, `bytes`, `bytes_predicted`, `sha256`, `copied_to`; None as above.
        failure: What went wrong; where the two above are there, its copy failed.
    """

    row: dict[str, Any] | None = None
    facts: dict[str, Any] | None = None
    failure: Exception | None = None


def export(
    bench: Bench, candidate: Candidate, held_out: Examples, draws: Resampling, run: Path, root: Path
) -> Written:
    """Write the file into the run, read it back, measure it, and only then copy it.

    What fails is told, not raised: what was measured before it must not be lost.

    Args:
        bench: The model and the exporter.
        candidate: What was chosen.
        held_out: What the file is judged on.
        draws: Of the bootstrap.
        run: Folder of the run.
        root: Folder of the project.
    """
    output, written = bench.section.output, Written()
    try:
        path = _write(bench, candidate, run)
        written = _measure(bench, candidate, held_out, draws, path, run)
        if output is not None:
            copied = copy(path, root / output)
            written = written._replace(facts={**(written.facts or {}), "copied_to": str(copied)})
    except Exception as error:  # noqa: BLE001 - kept for the end of the run, which says or raises it
        return written._replace(failure=error)
    return written


def _write(bench: Bench, candidate: Candidate, run: Path) -> Path:
    folder = run / "artifacts" / FOLDER
    shutil.rmtree(folder, ignore_errors=True)  # of a session that was stopped
    with bench.progress.bar(f"writing {bench.section.export}", None):
        return bench.exporter.write(bench.subject, candidate, folder)


def _measure(
    bench: Bench,
    candidate: Candidate,
    held_out: Examples,
    draws: Resampling,
    path: Path,
    run: Path,
) -> Written:
    exporter, section, subject = bench.exporter, bench.section, bench.subject
    with bench.progress.bar("judging the written file", None):
        judgement = exporter.judge(path, subject, held_out)
        speed = exporter.speed(path, subject, held_out) if section.speed else None
    size, expected = on_disk(path), sizes(bench, candidate)
    row = {
        **EMPTY,
        "method": "export",
        "label": section.export,
        **expected,
        "bits_per_weight": 8 * size / subject.describe()["parameters"],
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
        "copied_to": None,
    }
    return Written(row, facts)


def check_room(bench: Bench, base: Candidate, run: Path, root: Path) -> None:
    """Refuse a full disk before anything is searched for.

    Args:
        bench: The model, the exporter and the target.
        base: What every method starts from.
        run: Folder of the run.
        root: Folder of the project.

    Raises:
        UsageError: There is no room for the file, or for it and its copy.
    """
    section = bench.section
    if section.export == "none":
        return
    size, places = about(bench, base), [run]
    if section.output is not None:
        places.append((root / section.output).parent)
    disks = [place.stat().st_dev for place in places]
    for place, disk in zip(places, disks, strict=True):
        free, need = shutil.disk_usage(place).free, size * disks.count(disk)
        if free < need:
            raise UsageError(
                f"what is written takes about {need / 1e6:.1f} MB, and the disk of {place} has"
                f" {free / 1e6:.1f} MB left",
                hint="make room, or name another disk with --output",
            )


def about(bench: Bench, base: Candidate) -> int:
    """Return about how large a file the target asks for (bytes)."""
    target, subject = bench.target, bench.subject
    if target.bytes is not None:
        return target.bytes
    if target.bpw is not None:
        return int(target.bpw * sum(unit.weights for unit in subject.units) / 8)
    if target.share is not None and "bits" in bench.section.methods:
        return int(target.share * bench.exporter.predict(subject, Candidate({})))
    return bench.exporter.predict(subject, base)


def copy(source: Path, target: Path) -> Path:
    """Copy a file or a folder, whole or not at all; one with the same content stays as it is.

    Raises:
        UsageError: The target exists and is something else, or there is no room for it.
    """
    if target.exists() and digest_of(target) == digest_of(source):
        return target  # of a session that was stopped right after it
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
