"""What decides the outcome of a cell: settings, files, code of the user's own.

Only settings that are not the default are part of the digest, so that an upgrade of qml that adds
a key empties no cache. Versions of packages are recorded in each run and not compared: `VERSION`
is raised where the meaning of a cell changes.
"""

import platform
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from os import cpu_count
from pathlib import Path
from typing import Any

from qml.config import Config
from qml.config.origins import flatten
from qml.files import digest_file, digest_json
from qml.tasks.bench.modules import module_files

VERSION = 1
"""Raised where the meaning of a cell changes."""
UNDECIDING = frozenset(
    {"project", "tracking", "checkpoint", "budget", "ledger", "pricing", "bench", "test", "tune"}
)
"""Sections that decide no outcome of a cell."""
SECTIONS = {
    "rival": frozenset({"data", "rival"}),
    "train": frozenset({"data", "model", "train", "baselines", "backend", "mitigation"}),
}
"""Sections that decide those of some commands; the rest may look at all the others."""
ALSO = {"rival": frozenset({"train.seed"})}
WITHOUT_EFFECT = frozenset(
    f"backend.{key}"
    for key in ("threads", "route", "prefer", "fallback", "reuse", "on_unknown", "grace")
)
READING, WRITTEN = ("data.", "model.", "sample.", "measure."), ".output"
"""Keys that may name a file that is read, and those of files that are written."""
ENTRY = re.compile(r"^([\w.]+):\w+$")
"""A function of the user's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What decides the outcome of a cell.

    Attributes:
        verb: Its command.
        settings: Values by dotted key, defaults included.
        chosen: Those keys whose value is not the default.
        files: Digests of the files that settings name.
        code: Digests of the user's own modules that settings name, with what they import.
        machine: What its times depend on; empty where it measures none.
    """

    verb: str
    settings: Mapping[str, Any]
    chosen: frozenset[str]
    files: Mapping[str, str]
    code: Mapping[str, str]
    machine: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """Short digest of all of it, but for settings at their defaults."""
        settings = {key: self.settings[key] for key in sorted(self.chosen)}
        return digest_json([VERSION, self.verb, settings, *self._others()])[:24]

    def document(self) -> dict[str, Any]:
        """Return it as flat JSON, to be compared with that of another day."""
        files, code, machine = self._others()
        named = {"file": files, "code": code, "machine": machine}
        told = {f"{what} {k}": v for what, each in named.items() for k, v in each.items()}
        return {"version": VERSION, "verb": self.verb, **self.settings, **told}

    def _others(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        return dict(self.files), dict(self.code), dict(self.machine)


def content_of(verb: str, config: Config, root: Path, *, timed: bool) -> Content:
    """Return what decides the outcome of a cell.

    Args:
        verb: Its command.
        config: Its configuration.
        root: Folder of the project.
        timed: Whether it measures time, so that the machine is part of it.
    """
    settings = {k: v for k, v in flatten(config.document()).items() if _decides(k, verb)}
    defaults = _defaults()
    chosen = {k: v for k, v in settings.items() if k not in defaults or v != defaults[k]}
    return Content(
        verb=verb,
        settings=settings,
        chosen=frozenset(chosen),
        files=dict(_files(chosen, root)),
        code=dict(_code(chosen, root)),
        machine={"processor": _processor(), "cores": cpu_count()} if timed else {},
    )


def _decides(key: str, verb: str) -> bool:
    section = key.partition(".")[0]
    if section in UNDECIDING or key in WITHOUT_EFFECT:
        return False
    return verb not in SECTIONS or section in SECTIONS[verb] or key in ALSO.get(verb, ())


@cache
def _defaults() -> dict[str, Any]:
    return flatten(Config().document())


def _files(settings: Mapping[str, Any], root: Path) -> Iterator[tuple[str, str]]:
    """Digest every file that a setting names and that is read; none that a cell writes."""
    for key, value in settings.items():
        if not key.startswith(READING) or key.endswith(WRITTEN):
            continue
        if not isinstance(value, str) or not value or "\0" in value:
            continue
        path = root / Path(value).expanduser()
        if len(value) < 4096 and path.is_file():  # noqa: PLR2004 - no system has longer paths
            yield key, _digest(path)


def _code(settings: Mapping[str, Any], root: Path) -> Iterator[tuple[str, str]]:
    for value in settings.values():
        named = ENTRY.match(value) if isinstance(value, str) else None
        if named is not None:
            for path in module_files(named[1], root):
                yield str(path.relative_to(root)), _digest(path)


def _digest(path: Path) -> str:
    found = path.stat()
    return _digested(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=256)
def _digested(path: Path, changed: int, size: int) -> str:
    del changed, size
    return digest_file(path)[:24]


@cache
def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())
