"""What MLflow is told of a run, as values: tags, params, metrics, status."""

import json
import math
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

STATUS = {
    "running": "RUNNING",
    "interrupted": "KILLED",
    "killed": "KILLED",
    "failed": "FAILED",
    "finished": "FINISHED",
}
UUID_TAG = "qml.uuid"
_LONGEST_PARAM = 6000
# Seconds since the epoch are larger, seconds since the start of a run are smaller.
_EPOCH = 1e9


class Point(NamedTuple):
    """One value of one metric.

    Attributes:
        key: Name.
        value: Finite number.
        timestamp: Milliseconds since the epoch.
        step: Optimiser step.
    """

    key: str
    value: float
    timestamp: int
    step: int


def milliseconds(moment: str) -> int:
    """Turn a moment of the manifest into milliseconds since the epoch."""
    return round(datetime.fromisoformat(moment).timestamp() * 1000)


def tags(run: Path, manifest: Mapping[str, Any]) -> dict[str, str]:
    """Return the tags that lead from MLflow to the manifest."""
    code, data = manifest["code"], manifest["data"]
    digests = data.get("digests")
    known = {
        UUID_TAG: manifest["uuid"],
        "qml.run_id": manifest["run_id"],
        "qml.run_dir": str(run.resolve()),
        "qml.command": manifest["command"],
        "qml.status": manifest["status"],
        "qml.stop_reason": manifest["stop_reason"],
        "qml.backend": manifest["backend"].get("name"),
        "qml.data": data.get("source"),
        "qml.data_digest": digests or None,
        "qml.code_digest": code.get("digest"),
        "qml.commit": code.get("commit"),
        "qml.dirty": code.get("dirty"),
        "qml.verdict": manifest["verdict"],
        "mlflow.runName": manifest["name"] or manifest["run_id"],
        "mlflow.source.name": f"qml {manifest['command']}",
        "mlflow.source.type": "LOCAL",
        "mlflow.source.git.commit": code.get("commit"),
    }
    return {key: _text(value) for key, value in known.items() if value is not None}


def params(config: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Return the configuration as dotted keys and texts."""
    found: dict[str, str] = {}
    for key, value in config.items():
        if isinstance(value, Mapping):
            found |= params(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = _text(value)[:_LONGEST_PARAM]
    return found


def step_points(row: Mapping[str, Any], start: int) -> list[Point]:
    """Return the points of one line of `metrics.jsonl`.

    Args:
        row: The line; `time` is in seconds, since the start of the run or since the epoch.
        start: Start of the run, milliseconds since the epoch.
    """
    moment = row.get("time") or 0.0
    stamp = round(moment * 1000) + (0 if moment > _EPOCH else start)
    return [
        Point(key, float(value), stamp, row["step"])
        for key, value in row.items()
        if key not in ("step", "time") and _is_number(value)
    ]


def final_points(manifest: Mapping[str, Any], series: set[str], step: int) -> list[Point]:
    """Return the points of the final metrics and of the baselines.

    Args:
        manifest: Final manifest.
        series: Names of the metrics of the steps; a final metric of the same name is called
            `final_<name>`.
        step: Last step.
    """
    stamp = milliseconds(manifest["end"] or manifest["start"])
    found = dict(_numbers(manifest["metrics"]))
    for baseline in manifest["baselines"]:
        found |= _numbers(baseline.get("metrics") or {}, f"baseline.{baseline['name']}.")
    return [
        Point(f"final_{key}" if key in series else key, value, stamp, step)
        for key, value in found.items()
    ]


def _numbers(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, float]]:
    for key, value in values.items():
        if _is_number(value):
            yield f"{prefix}{key}", float(value)
        elif key.endswith("_ci") and isinstance(value, list | tuple):
            low, high = value
            yield f"{prefix}{key}_low", float(low)
            yield f"{prefix}{key}_high", float(high)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
