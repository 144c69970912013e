"""Every candidate as a line of the table, held against the teacher on held-out examples."""

import math
from collections.abc import Sequence
from typing import Any

from qml.compression.bench import Bench, Entry
from qml.compression.candidate import Candidate
from qml.compression.judging import Judgement
from qml.compression.subjects.origin import teacher_name
from qml.results.bootstrap import Resampling
from qml.tasks.compress.judgements import Line

_WIDE = 32.0
EMPTY: dict[str, Any] = {
    **dict.fromkeys(("bytes", "bytes_predicted", "bits_per_weight", "unit_bits", "payload_bpw")),
    **dict.fromkeys(("kl", "kl_ci", "perplexity", "perplexity_ci", "agreement", "accuracy")),
    **dict.fromkeys(("tokens_per_second", "seconds", "evaluations", "objective", "bound", "gap")),
    "proven": False,
    "chosen": False,
    "rival": False,
    "price": "0.00",
    "note": "",
    "same_as": None,
}
"""A row of which nothing is known; all rows have these keys."""


def teacher_row(bench: Bench, judgement: Judgement, draws: Resampling) -> dict[str, Any]:
    """Return the line of the model that was compressed, judged at 32 bits a weight.

    Its size is that of its source where that is one file, else what it takes in memory.
    """
    parameters = bench.subject.describe()["parameters"]
    sizes = dict.fromkeys(("bits_per_weight", "unit_bits", "payload_bpw"), _WIDE)
    row = {
        **EMPTY,
        "method": "teacher",
        "label": teacher_name(bench.subject),
        **sizes,
        "bytes_predicted": 4 * parameters,
        **measured(judgement, draws),
    }
    file = bench.subject.folder
    if file is not None and file.is_file():
        size = file.stat().st_size
        row |= {"bytes": size, "bits_per_weight": 8 * size / parameters}
        row["note"] = f"{file.name}: size of the source; judged as float32"
    return row


def candidate_row(bench: Bench, line: Line, draws: Resampling) -> dict[str, Any]:
    """Return the line of a candidate."""
    step, entry = line.step, line.entry
    row = {**EMPTY, "method": step.method, "label": entry.label, **_search(entry)}
    row |= {"chosen": line.chosen, "rival": entry.rival, "same_as": line.same_as}
    if entry.candidate is not None:
        row |= sizes(bench, entry.candidate)
    if line.judgement is not None:
        row |= measured(line.judgement, draws)
        if row["kl"] is None:
            row["note"] = "; ".join(filter(None, (entry.note, "its outputs are not finite")))
    elif entry.candidate is not None:
        row["note"] = "; ".join(filter(None, (entry.note, "not judged: stopped before")))
    return row


def sizes(bench: Bench, candidate: Candidate) -> dict[str, Any]:
    """Return what a candidate takes: the file, the units with their scales, and their codes."""
    subject = bench.subject
    units = subject.units
    weights = sum(unit.weights for unit in units)
    parts = candidate.parts
    held = sum(parts[u.name].bits if u.name in parts else _WIDE * u.weights for u in units)
    predicted = bench.exporter.predict(subject, candidate)
    return {
        "bytes_predicted": predicted,
        "bits_per_weight": 8 * predicted / subject.describe()["parameters"],
        "unit_bits": held / weights,
        "payload_bpw": candidate.payload(subject),
    }


def measured(judgement: Judgement, draws: Resampling) -> dict[str, Any]:
    """Return what a judgement says, with intervals; None for what is not finite."""
    if not math.isfinite(judgement.kl.sum() + judgement.nll.sum()):
        return {"agreement": float(judgement.agrees.mean())}
    kl, nll = draws.interval(judgement.kl), draws.interval(judgement.nll)
    return {
        "kl": kl.mean,
        "kl_ci": [kl.low, kl.high],
        "perplexity": judgement.perplexity,
        "perplexity_ci": [math.exp(nll.low), math.exp(nll.high)],
        "agreement": float(judgement.agrees.mean()),
        "accuracy": float(judgement.right.mean()),
    }


def _search(entry: Entry) -> dict[str, Any]:
    """Return what the search cost and reached; bounds are each entry's own, never lent."""
    bound, gap = entry.bound, None
    if entry.objective is not None and bound is not None:
        gap = (entry.objective - bound) / abs(bound) if bound else entry.objective
    return {
        "seconds": entry.seconds,
        "evaluations": entry.evaluations,
        "objective": entry.objective,
        "bound": bound,
        "gap": gap,
        "proven": gap is not None and gap <= 1e-9,  # noqa: PLR2004 - rounding of the sum
        "note": entry.note,
    }


def allocation(bench: Bench, candidate: Candidate) -> list[dict[str, Any]]:
    """Return the format of every unit of a candidate."""
    parts = candidate.parts
    return [
        {
            "unit": unit.name,
            "group": unit.group,
            "kind": unit.kind,
            "weights": unit.weights,
            "format": parts[unit.name].format if unit.name in parts else "float32",
            "bits": parts[unit.name].payload / unit.weights if unit.name in parts else _WIDE,
        }
        for unit in bench.subject.units
    ]


def headline(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the numbers of what was chosen in the end, flat, for manifests and mirrors."""
    chosen = [row for row in rows if row["chosen"] and row["kl"] is not None]
    if not chosen:
        return {}
    kept = ("kl", "perplexity", "agreement", "accuracy", "payload_bpw", "bits_per_weight")
    found = {key: chosen[-1][key] for key in kept}
    teacher = next(row for row in rows if row["method"] == "teacher")
    found["teacher_perplexity"] = teacher["perplexity"]
    for row in rows:
        if row["method"] == "export":
            found |= {f"export_{key}": row[key] for key in ("bytes", "kl", "perplexity")}
    return {key: value for key, value in found.items() if value is not None}
