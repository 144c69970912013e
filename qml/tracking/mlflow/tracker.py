"""The tracker `mlflow`: starts a process that mirrors the run, and waits for it within a limit."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qml.files import write_text
from qml.records import RunFolder, Scrubber, without_credentials
from qml.tracking.base import UNSYNCED, TrackerSettings
from qml.tracking.mlflow.answers import GONE_SECONDS, Answers
from qml.tracking.mlflow.job import FINISH, Job
from qml.tracking.mlflow.members import Members
from qml.tracking.mlflow.place import place_of

_LATER = "`qml runs sync` sends it later"
# Making a new database takes seconds on a busy machine, and happens once in a project.
_FIRST_TIME = 3.0


class MlflowTracker:
    """Mirrors runs into MLflow; MLflow itself is imported by another process only.

    Args:
        settings: Address, experiment and limits.
    """

    def __init__(self, settings: TrackerSettings) -> None:
        self._settings = settings
        self._place = place_of(settings)
        self._process: subprocess.Popen[bytes] | None = None
        self._run: Path | None = None
        self._answers: Answers
        self._members: Members
        self._settled: dict[str, str | None] = {}
        new = self._place.database is not None and not self._place.database.exists()
        self._limit = settings.limit * (_FIRST_TIME if new else 1.0)

    def start(self, run: Path, manifest: Mapping[str, Any]) -> None:
        """Start the process beside the work; it reads the run from its folder."""
        del manifest
        write_text(run / UNSYNCED, f"the run has not ended; {_LATER}\n")
        self._run = run
        process = self._process = self._launch([run], live=True)
        self._answers = Answers(process, self._limit)
        self._members = Members(lambda line: _tell(process, line))

    def metrics(self, step: int, values: Mapping[str, float]) -> None:
        """Do nothing: the process follows `metrics.jsonl`, and so misses nothing."""

    def finish(self, manifest: Mapping[str, Any]) -> str | None:
        """Tell the process that the folder is final, and wait for its answer."""
        del manifest
        if self._process is None or self._run is None:
            return None
        process, run = self._process, self._run
        with _ended(process):
            self.settle()
            self._process = None
            _tell(process, FINISH)
            reason = self._answers.reason()
        return self._note(run, reason)

    def also(self, run: Path) -> None:
        """Hand a run to the process, and take what answers there are."""
        if self._process is None:
            return
        write_text(run / UNSYNCED, f"it waits for its turn; {_LATER}\n")
        self._members.add(run)
        while self._members.told and (answer := self._answers.ready()):
            self._settle(self._members.next(), answer.reason)
        self._members.hand_on()

    def settle(self) -> dict[str, str | None]:
        """Wait for the answers about these runs."""
        while self._process is not None:
            if self._answers.silence is None:
                self._members.hand_on()
            run = self._members.next()
            if run is None:
                break
            self._settle(run, self._answers.reason())
        found, self._settled = self._settled, {}
        return found

    def _settle(self, run: Path | None, reason: str | None) -> None:
        if run is not None:
            self._settled[run.name] = self._note(run, reason)

    def sync(self, runs: Sequence[Path]) -> dict[str, str | None]:
        """Send runs from their folders, one after the other."""
        found: dict[str, str | None] = {
            run.name: "it still runs" for run in runs if RunFolder(run).alive()
        }
        waiting = [run for run in runs if run.name not in found]
        if waiting:
            process = self._launch(waiting, live=False)
            with _ended(process):
                answers = Answers(process, self._limit)
                for run in waiting:
                    found[run.name] = self._note(run, answers.reason())
        return {run.name: found[run.name] for run in runs}

    def _launch(self, runs: Sequence[Path], *, live: bool) -> "subprocess.Popen[bytes]":
        place = self._place
        job = Job(
            uri=place.uri,
            database=str(place.database) if place.database else None,
            artifacts=str(place.artifacts) if place.artifacts else None,
            experiment=self._settings.experiment,
            loader=self._settings.loader_module,
            runs=[str(run.resolve()) for run in runs],
            live=live,
        )
        # -P: a file of the project that is called mlflow.py must not be imported. Ctrl-C is for
        # the training, hence a session of its own.
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "qml.tracking.mlflow.worker"],
            cwd=self._settings.root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _tell(process, job.line())
        return process

    def _note(self, run: Path, reason: str | None) -> str | None:
        """Write the reason into the run folder, and say it in one sentence."""
        if reason is None:
            return None
        where = without_credentials(self._place.uri)
        sentence = Scrubber().text(f"MLflow at {where} does not have it all ({reason}); {_LATER}")
        write_text(run / UNSYNCED, f"{sentence}\n")
        return sentence


@contextmanager
def _ended(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Leave no process behind, whatever happens."""
    try:
        yield
    finally:
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        try:
            process.wait(0.5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(GONE_SECONDS)


def _tell(process: "subprocess.Popen[bytes]", line: bytes) -> None:
    """Write a line; a process that is gone says so by the end of its output."""
    assert process.stdin is not None
    try:
        while line:
            line = line[os.write(process.stdin.fileno(), line) :]
    except BrokenPipeError:
        return
