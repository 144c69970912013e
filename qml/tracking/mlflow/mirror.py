"""Mirror one run folder into MLflow. Doing it twice changes nothing."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from qml.tracking.mlflow.facts import (
    STATUS,
    UUID_TAG,
    Point,
    final_points,
    milliseconds,
    params,
    step_points,
    tags,
)
from qml.tracking.mlflow.model import has_model, send_model

if TYPE_CHECKING:
    from mlflow import MlflowClient

_T = TypeVar("_T")
# MLflow takes 1000 of all kinds at a time, of params and tags 100 each. Every call is a transaction
# and takes as long as hundreds of values, so that there are as few as that allows.
_METRICS = 800
_PARAMS = 100
_FILES = (
    "manifest.json",
    "config.toml",
    "requirements.txt",
    "outcome.json",
    "costs.csv",
    "report.html",
    "code.diff",
)


class Mirror:
    """One run in MLflow, found again by the UUID of its manifest.

    Args:
        client: Client.
        experiment: Id of the experiment.
        run: Folder of the run.
        manifest: Its manifest.
    """

    def __init__(
        self, client: "MlflowClient", experiment: str, run: Path, manifest: Mapping[str, Any]
    ) -> None:
        self._client = client
        self._run = run
        self._start = milliseconds(manifest["start"])
        # Last step that MLflow holds of each metric.
        self._sent: dict[str, int] = {}
        self._tail = _Tail(run / "metrics.jsonl")
        self._last_step = 0
        # Params and tags that MLflow holds.
        self._params: set[str] = set()
        self._tags: dict[str, str] = {}
        self.id = self._find(experiment, manifest) or self._create(experiment, manifest)

    def follow(self) -> None:
        """Send the metrics that were written since the last call."""
        rows = self._tail.rows()
        self._last_step = max([self._last_step, *(row["step"] for row in rows)])
        self._send([point for row in rows for point in step_points(row, self._start)])

    def complete(self, manifest: Mapping[str, Any], loader: str | None) -> None:
        """Send all that is missing, and the status.

        Args:
            manifest: Manifest as it is now.
            loader: Loader module of the model, or None to send no model.
        """
        self.follow()
        final = final_points(manifest, set(self._tail.keys), self._last_step)
        self._send(final, params(manifest["config"]), tags(self._run, manifest))
        for path in (self._run / name for name in _FILES):
            if path.is_file():
                self._client.log_artifact(self.id, str(path))
        if loader is not None and has_model(self._run):
            send_model(self._client, self.id, self._run, manifest, loader)
        if manifest["status"] != "running":
            self._client.set_terminated(
                self.id, STATUS[manifest["status"]], milliseconds(manifest["end"])
            )

    def _find(self, experiment: str, manifest: Mapping[str, Any]) -> str | None:
        wanted = f"tags.`{UUID_TAG}` = '{manifest['uuid']}'"
        found = self._client.search_runs([experiment], wanted, max_results=1)
        if not found:
            return None
        identity = str(found[0].info.run_id)
        self._params, self._tags = set(found[0].data.params), dict(found[0].data.tags)
        for key in found[0].data.metrics:
            history = self._client.get_metric_history(identity, key)
            self._sent[key] = max(metric.step for metric in history)
        if manifest["status"] == "running":
            self._client.update_run(identity, status="RUNNING")
        return identity

    def _create(self, experiment: str, manifest: Mapping[str, Any]) -> str:
        described = tags(self._run, manifest)
        created = self._client.create_run(experiment, start_time=self._start, tags=described)
        self._tags = described
        return str(created.info.run_id)

    def _send(
        self,
        points: Sequence[Point],
        settings: Mapping[str, str] | None = None,
        described: Mapping[str, str] | None = None,
    ) -> None:
        """Send what MLflow does not hold yet: points, params and tags in the same calls."""
        from mlflow.entities import Metric, Param, RunTag

        # A param is written once; a resumed run may have been given other values, which are in
        # its manifest.
        new = [Param(k, v) for k, v in (settings or {}).items() if k not in self._params]
        changed = {k: v for k, v in (described or {}).items() if self._tags.get(k) != v}
        later = [point for point in points if point.step > self._sent.get(point.key, -1)]
        labels = [RunTag(k, v) for k, v in changed.items()]
        parts = zip_longest(_parts(later, _METRICS), _parts(new, _PARAMS), _parts(labels, _PARAMS))
        for some, given, told in parts:
            self._client.log_batch(
                self.id,
                metrics=[Metric(*point) for point in some or ()],
                params=list(given or ()),
                tags=list(told or ()),
            )
            self._sent |= {point.key: point.step for point in some or ()}
            self._params |= {param.key for param in given or ()}
        self._tags |= changed


class _Tail:
    """Reads a growing `metrics.jsonl` from where it stopped."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._inode = 0
        self._offset = 0
        self.keys: dict[str, None] = {}

    def rows(self) -> list[dict[str, Any]]:
        """Return the whole lines that are new."""
        if not self._path.exists():
            return []
        with self._path.open("rb") as stream:
            self._rewind(stream.fileno())
            stream.seek(self._offset)
            data = stream.read()
        whole = data[: data.rfind(b"\n") + 1]
        self._offset += len(whole)
        rows = [json.loads(line) for line in whole.splitlines()]
        for row in rows:
            self.keys |= dict.fromkeys(row)
        return rows

    def _rewind(self, descriptor: int) -> None:
        """Begin again where a resumed run has cut the file."""
        import os

        inode = os.fstat(descriptor).st_ino
        if inode != self._inode:
            self._inode, self._offset = inode, 0


def _parts(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
