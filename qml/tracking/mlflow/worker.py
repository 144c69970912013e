"""The process that talks to MLflow: `python -m qml.tracking.mlflow.worker`.

A process, since importing MLflow in a thread would fight with the training over the interpreter's
lock and over half-imported packages, and since a process that hangs can be ended. It reads a job,
runs that belong to it, and then `finish` from its input, and writes one answer for each run. Its
input closes when the training dies; then it ends too, and `.unsynced` stays in the run folder.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from qml.files import FileLock, write_text
from qml.records import Scrubber, read_manifest
from qml.tracking.base import UNSYNCED
from qml.tracking.mlflow.connect import connect, experiment_id
from qml.tracking.mlflow.job import FINISH, Answer, Job, read_job
from qml.tracking.mlflow.lines import Lines
from qml.tracking.mlflow.members import run_of
from qml.tracking.mlflow.mirror import Mirror
from qml.tracking.mlflow.model import warm_up

if TYPE_CHECKING:
    from mlflow import MlflowClient

_T = TypeVar("_T")
_LOCK = ".sync.lock"
_FOLLOW_SECONDS = 2.0
# A server that was down so long ago gets a second chance when the run ends.
_RETRY_SECONDS = 60.0
_LONGEST_REASON = 300


def main() -> None:
    """Do the job that stands in the first line of the input."""
    answers = _take_output()
    lines = Lines(sys.stdin.fileno())
    line = lines.next(None)
    if not line:
        return
    job = read_job(line)
    if job.live:
        _follow(job, lines, answers)
    else:
        _sync(job, answers)


def _sync(job: Job, answers: int) -> None:
    """Send runs that have ended."""
    reached, reason = _attempt(lambda: _reach(job))
    for run in map(Path, job.runs):
        if reached is not None:
            reason = _send(*reached, run, job)
        os.write(answers, _mark(run, reason).line())


def _follow(job: Job, lines: Lines, answers: int) -> None:
    """Follow a run until it ends, then send the rest."""
    [run] = map(Path, job.runs)
    began = time.monotonic()
    begun, reason = _attempt(lambda: _begin(job, run))
    if begun is not None and job.loader is not None:
        loader = job.loader
        _attempt(lambda: warm_up(loader))  # now, beside the training, rather than at its end
    while (line := lines.next(_FOLLOW_SECONDS)) != FINISH:
        if line == b"":  # the training died
            return
        if begun is not None:
            _attempt(begun.mirror.follow)  # what fails now is sent at the end
        if line is not None:
            member = run_of(line)
            late = reason if begun is None else _send(begun.client, begun.experiment, member, job)
            os.write(answers, _mark(member, late).line())
    if begun is None and time.monotonic() - began > _RETRY_SECONDS:
        begun, reason = _attempt(lambda: _begin(job, run))
    if begun is not None:
        reason = _complete(begun.mirror, run, job)
    os.write(answers, _mark(run, reason).line())


def _reach(job: Job) -> "tuple[MlflowClient, str]":
    client = connect(job.uri, Path(job.database) if job.database else None)
    artifacts = Path(job.artifacts) if job.artifacts else None
    return client, experiment_id(client, job.experiment, artifacts)


class _Begun(NamedTuple):
    client: "MlflowClient"
    experiment: str
    mirror: Mirror


def _begin(job: Job, run: Path) -> _Begun:
    client, experiment = _reach(job)
    with FileLock(run / _LOCK):
        mirror = Mirror(client, experiment, run, read_manifest(run / "manifest.json"))
    return _Begun(client, experiment, mirror)


def _send(client: "MlflowClient", experiment: str, run: Path, job: Job) -> str | None:
    def send() -> None:
        manifest = read_manifest(run / "manifest.json")
        Mirror(client, experiment, run, manifest).complete(manifest, job.loader)

    with FileLock(run / _LOCK):
        return _attempt(send)[1]


def _complete(mirror: Mirror, run: Path, job: Job) -> str | None:
    with FileLock(run / _LOCK):
        return _attempt(lambda: mirror.complete(read_manifest(run / "manifest.json"), job.loader))[
            1
        ]


def _attempt(work: Callable[[], _T]) -> tuple[_T | None, str | None]:
    """Do some work; return its result, or why it failed."""
    try:
        return work(), None
    except Exception as error:  # noqa: BLE001 - the edge of a plug-in: any failure is an answer
        lines = str(error).strip().splitlines() or [""]
        return None, Scrubber().text(f"{type(error).__name__}: {lines[0]}")[:_LONGEST_REASON]


def _mark(run: Path, reason: str | None) -> Answer:
    """Write down in the run folder whether MLflow holds all of it."""
    if reason is None:
        (run / UNSYNCED).unlink(missing_ok=True)
    else:
        write_text(run / UNSYNCED, f"{reason}\n")
    return Answer(run=str(run), reason=reason)


def _take_output() -> int:
    """Keep the output for the answers; whatever MLflow prints goes elsewhere."""
    answers = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


if __name__ == "__main__":
    main()
