"""`qml bench --against`: a benchmark held against an earlier one, by run or by file."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qml.benchmarking.regression.gate import FALSE_ALARMS, Gate, hold
from qml.errors import RunError, UsageError
from qml.files import write_text
from qml.records import find
from qml.tasks.runs import require_outcome

SCHEMA = "qml.bench/1"
Document = dict[str, Any]


def read_bench(runs: Path, source: str) -> Document:
    """Read a benchmark: a file that `qml bench --json` wrote, or a run by id, prefix or name.

    Raises:
        UsageError: The file cannot be read, or it is no benchmark.
        RunError: No run answers, or several do.
    """
    path = Path(source)
    document = _file(path) if path.is_file() else _run(runs, source)
    if document.get("schema") != SCHEMA:
        raise UsageError(
            f"`{source}` is no benchmark but `{document.get('schema')}`",
            hint="a run of `qml bench`, or a file: qml bench --json > baseline.json",
        )
    return document


def against_document(
    baseline: Document, now: Document, thresholds: Mapping[str, float]
) -> Document:
    """Compare; returns `qml.bench-against/1`.

    Raises:
        UsageError: They cannot be compared.
    """
    found = hold(baseline, now, thresholds)
    return {
        "schema": "qml.bench-against/1",
        "passed": found.passed,
        "verdict": _verdict(found, baseline),
        "suite": now["suite"]["name"],
        "baseline": _facts(baseline),
        "benchmark": _facts(now),
        "fail_on": {name or "all": share for name, share in thresholds.items()},
        "false_alarms": FALSE_ALARMS,
        "changes": [change.document() for change in found.changes],
        "lost": list(found.lost),
        "missing": list(found.missing),
        "new": list(found.new),
        "not_compared": list(found.apart),
        "cost": now["cost"],
    }


def write_metrics(path: Path, document: Document) -> None:
    """Write a benchmark in Bencher's metric format."""
    from qml.benchmarking.regression.bencher import bmf

    write_text(path, json.dumps(bmf(document), indent=2) + "\n")


def write_comment(path: Path, document: Document, against: Document | None) -> None:
    """Write a benchmark, and what it is held against, as Markdown for a pull request."""
    from qml.report.markdown.bench import comment

    write_text(path, comment(document, against))


def _file(path: Path) -> Document:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(document, dict):
        raise UsageError(f"{path} holds no JSON document")
    return document


def _run(runs: Path, source: str) -> Document:
    try:
        return require_outcome(find(runs, source))
    except RunError as error:
        if source.endswith(".json") or "/" in source:
            raise UsageError(f"there is no file {source}", hint=error.hint) from error
        raise


def _facts(document: Document) -> Document:
    return {key: document[key] for key in ("run_id", "name", "verdict")}


def _verdict(found: Gate, baseline: Document) -> str:
    worse, better = found.called("worse"), found.called("better")
    name = baseline["name"] or baseline["run_id"]
    parts = [f"{len(worse)} got worse"] if worse else []
    parts += [f"{len(found.lost)} cells were lost"] if found.lost else []
    parts += [f"{len(better)} got better"] if better else []
    nothing = "no change shown" if found.changes else "there is no quantum column to compare"
    said = ", ".join(parts) or nothing
    return f"{'Passed' if found.passed else 'Failed'} against {name}: {said}."
