"""One run's folder: `manifest.json`, `config.toml`, metrics, costs, artifacts, checkpoints."""

import json
import os
import threading
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self, cast

from qml.errors import RunError
from qml.files import FileLock, write_json
from qml.ports import Clock, SystemClock
from qml.records.birth import bear
from qml.records.identity import check_name, new_id, seconds_of, timestamp
from qml.records.liveness import ACTIVE, LOCK, is_held, last_sign
from qml.records.manifest import FILE, Manifest, Session, Status, initial, merged, plain
from qml.records.migrations import upgrade
from qml.records.secrets import Scrubber

_TRIES = 5
_PAUSE = 0.02


class RunFolder:
    """The folder of one run.

    A folder that was made (`create`) or taken (`take`) is locked: no other process may work on
    it. Reading needs no lock. All writes are atomic and pass the scrubber, so that a crash leaves
    the last complete state and no credential reaches the disk.

    Args:
        path: The folder; it must exist.
        clock: Tells the time.
    """

    def __init__(self, path: Path, *, clock: Clock | None = None) -> None:
        self.path = path
        self.id = path.name
        self._clock = clock or SystemClock()
        self._lock = FileLock(path / LOCK)
        self._locked = False
        self._guard = threading.RLock()

    @classmethod
    def create(
        cls,
        runs: Path,
        *,
        name: str | None,
        config: Mapping[str, Any],
        command: str,
        clock: Clock | None = None,
        parent: str | None = None,
    ) -> Self:
        """Make the folder of a new run, whole or not at all, and lock it.

        Args:
            runs: Folder of all runs; made if missing.
            name: Name a person gave; it may repeat, then the newest run answers to it.
            config: Resolved configuration, `Config.document()`.
            command: The verb, e.g. `train`.
            clock: Tells the time.
            parent: Id of the run that this one repeats.

        Raises:
            RunError: The name cannot be used, or the folder cannot be written.
        """
        clock = clock or SystemClock()
        now, unique = clock.now(), uuid.uuid4()
        safe = Scrubber().document(dict(config))
        manifest = initial(
            run_id=new_id(now, unique),
            unique=str(unique),
            name=check_name(name),
            parent=parent,
            command=command,
            config=safe,
            session=_session(now),
        )
        path, lock = bear(runs, manifest)
        run = cls(path, clock=clock)
        run._lock, run._locked = lock, True
        return run

    @property
    def manifest_path(self) -> Path:
        """`manifest.json`."""
        return self.path / FILE

    @property
    def config_path(self) -> Path:
        """`config.toml`, the resolved configuration."""
        return self.path / "config.toml"

    @property
    def metrics_path(self) -> Path:
        """`metrics.jsonl`, one line for each step."""
        return self.path / "metrics.jsonl"

    @property
    def costs_path(self) -> Path:
        """`costs.csv`, FOCUS columns."""
        return self.path / "costs.csv"

    @property
    def artifacts(self) -> Path:
        """Folder of the model and of everything else that the run made."""
        return self.path / "artifacts"

    @property
    def checkpoints(self) -> Path:
        """Folder of the saved states."""
        return self.path / "checkpoints"

    @property
    def outcome_path(self) -> Path:
        """`outcome.json`, the document that the command prints with `--json`."""
        return self.path / "outcome.json"

    @property
    def submissions_path(self) -> Path:
        """`artifacts/submissions.jsonl`: what each submission to a vendor was served with."""
        return self.artifacts / "submissions.jsonl"

    @property
    def predictions_path(self) -> Path:
        """`predictions.jsonl`: the same for predictions that were bought later."""
        return self.path / "predictions.jsonl"

    @property
    def report_path(self) -> Path:
        """`report.html`."""
        return self.path / "report.html"

    @property
    def requirements_path(self) -> Path:
        """`requirements.txt`, every package pinned."""
        return self.path / "requirements.txt"

    def manifest(self) -> Manifest:
        """Read the manifest, of any schema version up to the current one.

        Raises:
            RunError: It is missing, damaged, or written by a newer qml.
        """
        return read_manifest(self.manifest_path)

    def update(self, **parts: Any) -> Manifest:
        """Replace parts of the manifest and write it. Only the process that holds the lock may.

        Raises:
            RunError: The run is not locked by this object.
            KeyError: A part is not one of the manifest's.
        """
        with self._guard:
            if not self._locked:
                raise RunError(f"run {self.id} is not locked by this process")
            document = merged(self.manifest(), plain(parts))
            safe = cast("Manifest", Scrubber().document(document))
            write_json(self.manifest_path, safe)
            return safe

    def write_document(self, path: Path, document: Mapping[str, Any]) -> None:
        """Write a JSON document into the folder, atomically and without credentials."""
        write_json(path, Scrubber().document(plain(document)))

    def alive(self) -> bool:
        """Say whether a process works on this run now."""
        return is_held(self.path)

    def take(self) -> Manifest:
        """Lock the run and begin another session, so as to go on with it.

        Raises:
            RunError: Another process works on it.
        """
        self.lock()
        with self._guard:
            (self.path / ACTIVE).touch()
            manifest = self.manifest()
            sessions = [*_closed(manifest, self.path), _session(self._clock.now())]
            return self.update(
                status="running",
                stop_reason=None,
                error=None,
                end=None,
                duration=None,
                sessions=sessions,
            )

    def lock(self) -> None:
        """Lock the run without changing it.

        Raises:
            RunError: Another process works on it.
        """
        for _ in range(_TRIES):  # somebody who only asks whether it is held has it for an instant
            if self._locked or self._lock.acquire():
                self._locked = True
                return
            time.sleep(_PAUSE)
        raise RunError(
            f"run {self.id} is in use by another process",
            hint="wait until it ends, or stop it; a run has one process at a time",
        )

    def finalise(
        self,
        status: Status,
        *,
        stop_reason: str | None = None,
        error: BaseException | None = None,
        **parts: Any,
    ) -> Manifest:
        """Write the last state of this session, hash the artifacts and give the lock back.

        A run whose lock was given back already is locked again for it, so that what goes wrong
        after the end can still be recorded.

        Args:
            status: How it ended; `killed` where this process closes a dead one's run.
            stop_reason: Why, e.g. `epochs`, `early_stopping`, `SIGTERM`.
            error: What made it fail; its type, message and hint are kept, not its traceback.
            **parts: Other parts of the manifest, e.g. `metrics`.

        Raises:
            RunError: Another process works on the run.
        """
        from qml.records.artifacts import describe_artifacts

        with self._guard:
            self.lock()
            now = last_sign(self.path) if status == "killed" else self._clock.now()
            sessions = _closed(self.manifest(), self.path, timestamp(now))
            parts.setdefault("artifacts", describe_artifacts(self.path))
            manifest = self.update(
                status=status,
                stop_reason=stop_reason,
                error=_error(error),
                end=timestamp(now),
                duration=_duration(sessions),
                sessions=sessions,
                **parts,
            )
            (self.path / ACTIVE).unlink(missing_ok=True)
            self.release()
            return manifest

    def release(self) -> None:
        """Give the lock back; does nothing where it is not held."""
        self._lock.release()
        self._locked = False


def read_manifest(path: Path) -> Manifest:
    """Read a manifest file of any schema version up to the current one.

    Raises:
        RunError: It is missing, damaged, or written by a newer qml.
    """
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise RunError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise RunError(f"{path} is damaged: {error}") from error
    if not isinstance(document, dict):
        raise RunError(f"{path} is damaged: not an object")
    return cast("Manifest", upgrade(document, where=str(path)))


def _session(now: float) -> Session:
    host = os.uname().nodename
    return Session(pid=os.getpid(), host=host, start=timestamp(now), end=None, code=None)


def _closed(manifest: Manifest, path: Path, end: str | None = None) -> list[Session]:
    """Return the sessions, every one with an end."""
    return [
        session if session["end"] else {**session, "end": end or timestamp(last_sign(path))}
        for session in manifest["sessions"]
    ]


def _duration(sessions: list[Session]) -> float:
    lengths = [seconds_of(s["end"]) - seconds_of(s["start"]) for s in sessions if s["end"]]
    return round(sum(max(0.0, length) for length in lengths), 3)


def _error(error: BaseException | None) -> dict[str, Any] | None:
    if error is None:
        return None
    hint = getattr(error, "hint", None)
    return {"type": type(error).__name__, "message": str(error), "hint": hint}
