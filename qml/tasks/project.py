"""The project that a command works in: its configuration, its folder, its runs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from qml.config import Loaded, load, runs_folder
from qml.records import RunFolder, find, sweep
from qml.tasks.mirror import tracker_of
from qml.tracking.closing import close_dead


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project.

    Attributes:
        loaded: Its configuration with origins.
        runs: Folder of its runs; need not exist yet.
    """

    loaded: Loaded
    runs: Path

    @property
    def root(self) -> Path:
        """Folder of qml.toml, or the working folder where there is none."""
        return self.loaded.root

    def run(self, query: str) -> RunFolder:
        """Find a run by id, unique prefix or name.

        Raises:
            RunError: None or several answer.
        """
        return find(self.runs, query)


def open_project(
    start: Path,
    environ: Mapping[str, str],
    *,
    pairs: Iterable[str] = (),
    flags: Iterable[str] = (),
) -> Project:
    """Load the configuration, and close the runs whose process died.

    Raises:
        ConfigError: The configuration is not valid.
    """
    loaded = load(start, environ=environ, pairs=pairs, flags=flags, user_file=user_config(environ))
    runs = runs_folder(loaded.config, loaded.root)
    if dead := sweep(runs):
        tracker = tracker_of(loaded.config, loaded.root, environ)
        close_dead(tracker, [run.path for run in dead])
    return Project(loaded=loaded, runs=runs)


def user_config(environ: Mapping[str, str]) -> Path | None:
    """Return where the user's own defaults lie, or None where there is no home."""
    if folder := environ.get("XDG_CONFIG_HOME"):
        return Path(folder) / "qml" / "config.toml"
    if home := environ.get("HOME"):
        return Path(home) / ".config" / "qml" / "config.toml"
    return None
