"""`qml bench --against`: a benchmark held against an earlier one, by run or by file."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qml.benchmarking.regression.change import TIMED
from qml.benchmarking.regression.gate import FALSE_ALARMS, Gate, hold
from qml.benchmarking.regression.measures import titles
from qml.benchmarking.regression.thresholds import check_names
from qml.errors import RunError, UsageError
from qml.files import write_text
from qml.records import find
from qml.tasks.runs import require_outcome

SCHEMA = "qml.bench/1"
Document = dict[str, Any]
_MOST = 3


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


def check_limits(baseline: Document, limits: Mapping[str, float]) -> None:
    """Refuse thresholds of measures that a baseline does not have.

    Raises:
        UsageError: There is no such measure.
    """
    check_names(limits, titles(baseline))


def against_document(
    baseline: Document,
    now: Document,
    thresholds: Mapping[str, float],
    *,
    allow_missing: bool = False,
) -> Document:
    """Compare; returns `qml.bench-against/1`.

    Args:
        baseline: An earlier `qml.bench/1`.
        now: The later one.
        thresholds: Tolerated losses by title of the measure.
        allow_missing: Whether columns of the baseline may be gone.

    Raises:
        UsageError: They cannot be compared.
    """
    found = hold(baseline, now, thresholds, allow_missing=allow_missing)
    return {
        "schema": "qml.bench-against/1",
        "passed": found.passed,
        "verdict": _verdict(found, baseline),
        "suite": now["suite"]["name"],
        "baseline": _facts(baseline),
        "benchmark": _facts(now),
        "fail_on": {name or "all": share for name, share in thresholds.items()},
        "false_alarms": FALSE_ALARMS,
        "allow_missing": allow_missing,
        "gates_speed": found.gates_speed,
        "blind": found.blind,
        "gone": list(found.gone),
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
    name = baseline["name"] or baseline["run_id"]
    head = f"{'Passed' if found.passed else 'Failed'} against {name}"
    if not found.changes:
        return f"{head}: there is no quantum column to compare{_gone(found)}."
    said = [_said(found), _speed(found)]
    if not found.blind:
        return f"{head}: {'. '.join(said)}."
    blind = f"{len(found.blind)} of {len(found.measures)} measures could not have failed"
    said[0] = said[0][0].upper() + said[0][1:]
    joined = "but" if found.passed else "and"
    return f"{head}, {joined} {blind}: {_some(found.blind)}. {'. '.join(said)}."


def _said(found: Gate) -> str:
    worse, better = found.called("worse"), found.called("better")
    parts = [f"{len(worse)} got worse"] if worse else []
    parts += [f"{len(found.lost)} cells were lost"] if found.lost else []
    parts += [f"{len(better)} got better"] if better else []
    return (", ".join(parts) or "no change shown") + _gone(found)


def _gone(found: Gate) -> str:
    if not found.gone:
        return ""
    return f"; columns of the baseline are gone: {_some(found.gone)}"


def _speed(found: Gate) -> str:
    """Say whether a loss of speed could have failed, and what it would take."""
    if found.gates_speed:
        return "Speed was gated"
    if found.apart:
        return "Speed not gated: the machines differ, or one is not known"
    if not any(change.speed for change in found.changes):
        return "Speed not gated: the two have no times in common"
    return f"Speed not gated: fewer than {TIMED} trainings of a column, or too uneven ones"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more
