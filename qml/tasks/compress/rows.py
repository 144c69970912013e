"""Every candidate in one table, held against the teacher on held-out examples."""

from collections.abc import Sequence
from typing import Any

from qml.compression.bench import Bench, Entry, Step
from qml.compression.judging import Judge, Judgement


def judged_rows(bench: Bench, judge: Judge, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Judge all candidates."""
    entries = [(step, entry) for step in steps for entry in step.entries]
    rows = [_row("teacher", "fp32", judge.teacher())]
    with bench.progress.bar("judging", len(entries)) as bar:
        for step, entry in entries:
            if entry.candidate is None:
                continue
            row = _row(step.method, entry.label, judge.judge(entry.candidate))
            rows.append(row | _facts(bench, step, entry))
            bar.advance(kl=f"{row['kl']:.4g}")
    return rows


def _row(method: str, label: str, found: Judgement) -> dict[str, Any]:
    return {
        "method": method,
        "label": label,
        "kl": float(found.kl.mean()),
        "perplexity": found.perplexity,
        "agreement": float(found.agrees.mean()),
        "evaluations": None,
    }


def _facts(bench: Bench, step: Step, entry: Entry) -> dict[str, Any]:
    assert entry.candidate is not None
    return {
        "chosen": entry.label == step.chosen,
        "payload_bpw": entry.candidate.payload(bench.subject),
        "objective": entry.objective,
        "seconds": entry.seconds,
        "evaluations": entry.evaluations,
    }
