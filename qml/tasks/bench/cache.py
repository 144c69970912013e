"""Finished cells by content: the same cell is never run twice.

`.qml/cells/PLACE/CONTENT.json` names the run of a cell. PLACE is where it stands in the matrix,
CONTENT everything that decides its outcome, so that a cell that runs again can say what changed.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from qml.benchmarking.base import Cell
from qml.config import Config, runs_folder
from qml.files import write_json
from qml.records import RunFolder

VERSION = 1
"""Raised where the meaning of a cell changes; versions of packages are recorded, not compared."""
FOLDER = Path(".qml") / "cells"
UNDECIDING = ("project", "tracking", "checkpoint", "budget", "ledger", "pricing")
"""Sections that decide no outcome."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell as the cache knows it.

    Attributes:
        path: Its file.
        run_id: Run that was begun for it, or None.
        why: Why it has to run, where there is no run; empty where it never ran.
    """

    path: Path
    run_id: str | None
    why: str


def content_of(cell: Cell, config: Config) -> dict[str, Any]:
    """Return everything that decides the outcome of a cell."""
    document = {k: v for k, v in config.document().items() if k not in UNDECIDING}
    return {"version": VERSION, "verb": cell.verb, "config": document}


def find(cell: Cell, config: Config, root: Path) -> Entry:
    """Look a cell up; a run that is gone is as good as none."""
    content = content_of(cell, config)
    folder = root / FOLDER / _digest(str(cell.place))
    path = folder / f"{_digest(content)}.json"
    if not path.exists():
        return Entry(path, None, _why(folder, content))
    run_id = json.loads(path.read_text(encoding="utf-8"))["run_id"]
    if not RunFolder(runs_folder(config, root) / run_id).manifest_path.exists():
        return Entry(path, None, f"its run {run_id} is gone")
    return Entry(path, run_id, "")


def remember(entry: Entry, cell: Cell, config: Config, run_id: str) -> None:
    """Write down which run a cell has, before anything is bought."""
    entry.path.parent.mkdir(parents=True, exist_ok=True)
    content = content_of(cell, config)
    write_json(entry.path, {"place": str(cell.place), "run_id": run_id, "content": content})


def _why(folder: Path, content: dict[str, Any]) -> str:
    """Say what changed since the cell ran last."""
    known = sorted(folder.glob("*.json"), key=lambda p: p.stat().st_mtime)
    if not known:
        return ""
    before = _flat(json.loads(known[-1].read_text(encoding="utf-8"))["content"])
    now = _flat(content)
    changed = [key for key in sorted({*before, *now}) if before.get(key) != now.get(key)]
    said = [f"{key} {before.get(key)!r} -> {now.get(key)!r}" for key in changed[:3]]
    more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""  # noqa: PLR2004 - as above
    return "changed: " + "; ".join(said) + more


def _flat(document: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in document.items():
        name = f"{prefix}{key}"
        found |= _flat(value, f"{name}.") if isinstance(value, dict) else {name: value}
    return found


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:24]
