"""Runs of a project as objects."""

import os
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from qml.api.loading import project_of
from qml.records import RunFolder
from qml.session import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The answer of a replay.

    Attributes:
        verdict: `identical`, `statistically equal` or `drifted`.
        document: `qml.replay/1`.
    """

    verdict: str
    document: dict[str, Any]


class Run:
    """A run in its folder.

    Args:
        folder: The folder.
        root: Folder of the project.
    """

    def __init__(self, folder: RunFolder, root: Path) -> None:
        self._folder = folder
        self._root = root

    @classmethod
    def open(cls, query: str, *, root: Path | str = ".") -> Self:
        """Open a run by id, unique prefix or name.

        Args:
            query: What to look for.
            root: Folder of the project, or any folder in it.

        Raises:
            RunError: None or several answer.
        """
        project = project_of(root)
        return cls(project.run(query), project.root)

    @property
    def id(self) -> str:
        """Id of the run."""
        return self._folder.id

    @property
    def path(self) -> Path:
        """Folder of the run."""
        return self._folder.path

    @property
    def manifest(self) -> dict[str, Any]:
        """The manifest, `qml.manifest/1`."""
        return dict(self._folder.manifest())

    @property
    def metrics(self) -> list[dict[str, Any]]:
        """Metrics of every step."""
        from qml.records.metrics import read_metrics

        return read_metrics(self._folder.metrics_path)

    def predict(self, features: Any) -> list[str]:
        """Return the class of each row.

        Args:
            features: Raw features of shape (rows, columns), in the columns of the training data.
        """
        from qml.tasks.predictor import open_predictor

        predictor = open_predictor(self._folder.artifacts, root=self._root, environ=os.environ)
        return predictor.predict(features).labels

    def report(self, output: Path | str | None = None) -> Path:
        """Write the HTML report and return its path."""
        from qml.tasks.report import write_report

        return write_report(self._folder, Path(output) if output else None)

    def replay(self) -> Replay:
        """Run it again and compare."""
        from qml.tasks.replay import replay as replay_run

        document = replay_run(self._folder, self._root, World.default())
        return Replay(verdict=document["verdict"], document=document)

    def resume(self, *, max_cost: Decimal | str | None = None) -> dict[str, Any]:
        """Go on from the last checkpoint; returns the document `qml.train/1`.

        Args:
            max_cost: Most that the run may cost over all its sessions; as before where None.
        """
        from qml.tasks.resume import resume

        most = None if max_cost is None else Decimal(max_cost)
        return resume(self._folder, self._root, World.default(), most=most)

    def _repr_html_(self) -> str:
        """Render the outcome as a table in Jupyter."""
        from qml.report.html import outcome_html
        from qml.tasks.runs import read_outcome

        outcome = read_outcome(self._folder)
        return outcome_html(outcome) if outcome else f"<code>{self.id}</code>: not finished"


def replay(run: Run | str, *, root: Path | str = ".") -> Replay:
    """Run a finished run again and compare.

    Args:
        run: The run, or its id, prefix or name.
        root: Folder of the project, where `run` is a name.
    """
    return (run if isinstance(run, Run) else Run.open(run, root=root)).replay()


def list_runs(root: Path | str = ".") -> list[dict[str, Any]]:
    """List the runs of a project, newest first, as rows of `qml.runs/1`."""
    from qml.tasks.runs import list_document

    rows: list[dict[str, Any]] = list_document(project_of(root).runs)["runs"]
    return rows
