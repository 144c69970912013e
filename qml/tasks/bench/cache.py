"""Finished cells by content: the same cell is never run twice.

`.qml/cells/PLACE/CONTENT.json` names the run of a cell. PLACE is where it stands in the matrix,
CONTENT everything that decides its outcome, so that a cell that runs again can say what changed.
`.qml/cells/PLACE/.lock` is held while one process works on a cell; others wait for its run.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qml.errors import InterruptedRunError, RunError
from qml.files import FileLock, digest_text, write_json
from qml.records import RunFolder
from qml.tasks.bench.content import Content
from qml.tasks.runs import read_outcome

FOLDER = Path(".qml") / "cells"
SHOWN, LONGEST = 3, 60
"""So many changes are told, and so many characters of a value."""
LOOK_UP = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Where cells are kept.

    Attributes:
        folder: Of the entries: the project's, or a benchmark's own where nothing may be reused.
        runs: Folder of all runs.
    """

    folder: Path
    runs: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A cell as the cache knows it.

    Attributes:
        path: Its file.
        run_id: Run that was begun for it, or None.
        finished: Whether that run has an outcome.
        why: Why it has to run; empty where it never did.
    """

    path: Path
    run_id: str | None
    finished: bool = False
    why: str = ""


def find(cells: Cells, place: str, content: Content) -> Entry:
    """Look a cell up; a run that is gone is as good as none.

    Raises:
        RunError: The entry is damaged.
    """
    folder = _folder(cells, place)
    path = folder / f"{content.digest}.json"
    now = content.document()
    if not path.exists():
        return Entry(path=path, run_id=None, why=_why(folder, now, content))
    known = _read(path)
    changed = _changed(known["content"], now, common=True)  # a default is another one now
    if changed:
        return Entry(path=path, run_id=None, why=_told(changed))
    return _entry(path, RunFolder(cells.runs / known["run_id"]))


def _entry(path: Path, run: RunFolder) -> Entry:
    if not run.manifest_path.exists():
        return Entry(path=path, run_id=None, why=f"its run {run.id} is gone")
    finished = run.manifest()["status"] == "finished"
    outcome = read_outcome(run)
    if finished and outcome is None:
        return Entry(path=path, run_id=None, why=f"its run {run.id} has lost its outcome")
    if not finished or (outcome or {}).get("interrupted"):
        return Entry(path=path, run_id=run.id, why=f"goes on with {run.id}")
    return Entry(path=path, run_id=run.id, finished=True)


def remember(entry: Entry, place: str, content: Content, run_id: str) -> None:
    """Write down which run a cell has, before anything is bought."""
    entry.path.parent.mkdir(parents=True, exist_ok=True)
    document = {"place": place, "run_id": run_id, "content": content.document()}
    write_json(entry.path, document)


@contextmanager
def held(cells: Cells, place: str, stop: Callable[[], bool]) -> Iterator[None]:
    """Keep others from a cell; wait where another process works on it.

    Raises:
        InterruptedRunError: Somebody asked to stop while it waited.
    """
    lock = FileLock(_folder(cells, place) / ".lock")
    while not lock.acquire():
        if stop():
            raise InterruptedRunError("interrupted while another process worked on the cell")
        time.sleep(LOOK_UP)
    try:
        yield
    finally:
        lock.release()


def _folder(cells: Cells, place: str) -> Path:
    return cells.folder / digest_text(place)[:24]


def _why(folder: Path, now: dict[str, Any], content: Content) -> str:
    """Say what changed since the cell ran last; a key that is new in qml changed nothing."""
    known = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
    if not known:
        return ""
    before = _read(known[-1])["content"]
    new = {key for key in content.settings if key not in before and key not in content.chosen}
    return _told(_changed(before, {k: v for k, v in now.items() if k not in new}))


def _changed(before: dict[str, Any], now: dict[str, Any], *, common: bool = False) -> list[str]:
    keys = before.keys() & now.keys() if common else before.keys() | now.keys()
    return [
        f"{key} {_short(before.get(key))} -> {_short(now.get(key))}"
        for key in sorted(keys)
        if before.get(key) != now.get(key)
    ]


def _told(changed: list[str]) -> str:
    more = f" and {len(changed) - SHOWN} more" if len(changed) > SHOWN else ""
    return f"changed: {'; '.join(changed[:SHOWN])}{more}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _read(path: Path) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        document["run_id"], document["content"].keys()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunError(
            f"{path} is damaged: {error}", hint="delete it; its cell is then run once more"
        ) from error
    return document
