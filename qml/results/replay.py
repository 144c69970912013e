"""Decides whether a replayed run is the original one.

Three answers, from the strongest to the weakest:

- *identical*: all metrics, every record of the history and every answer on a test row are equal to
  the last bit; only what a clock measures (`TIMING`) is left out.
- *statistically equal*: something differs, but the two trained models' test accuracies do not
  differ significantly. It is the answer to expect where floating-point sums are taken in another
  order (other hardware, other package versions) and where a backend samples.
- *drifted*: the accuracies differ significantly, or there is nothing to test: no test accuracy, or
  another number of test rows.

No difference is forgiven for being small: there is no tolerance besides the test's confidence.

The test compares the two trained models on the rows that both answered, so it is paired. It does
not know how much training itself varies from run to run: on a machine that samples, with many test
rows, a second honest run may be told from the first.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from qml.results.tests import fisher_exact, mcnemar_exact
from qml.results.timing import TIMING

CONFIDENCE = 0.99

Verdict = Literal["identical", "statistically equal", "drifted"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """What a run left behind that a replay can be held against.

    Attributes:
        metrics: The document's metrics, nested as they are; `test_accuracy` is what is tested.
        history: Records of `metrics.jsonl` in their order.
        correct: Whether each test row was answered rightly, shape (test rows,), bool, or None.
        test_rows: Number of test rows, or None; it stands in where `correct` is missing.
    """

    metrics: Mapping[str, Any]
    history: Sequence[Mapping[str, Any]] = ()
    correct: NDArray[np.bool_] | None = None
    test_rows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayVerdict:
    """What a replay showed.

    Attributes:
        verdict: The answer.
        test: The statistical test in words; None where all was identical, or nothing testable.
        confidence: Confidence of the test; None without one.
        p_value: Two-sided; None without a test.
        first_difference: The earliest difference: in the history, else in the metrics, else in the
            answers. None where there is none.
        differences: All of them, the history's first one only.
    """

    verdict: Verdict
    test: str | None = None
    confidence: float | None = None
    p_value: float | None = None
    first_difference: str | None = None
    differences: tuple[str, ...] = ()


def judge_replay(
    original: Evidence, replayed: Evidence, *, confidence: float = CONFIDENCE
) -> ReplayVerdict:
    """Compare a replay with its original.

    Args:
        original: The run that was replayed.
        replayed: The replay.
        confidence: 1 minus the chance to call two equally accurate models drifted.

    Returns:
        The verdict. The test is McNemar's exact one where both runs kept their answers row by row,
        else Fisher's exact one on the number of right answers.
    """
    differences = tuple(_differences(original, replayed))
    if not differences:
        return ReplayVerdict(verdict="identical")
    tested = _test(original, replayed)
    if tested is None:
        return ReplayVerdict(
            verdict="drifted", first_difference=differences[0], differences=differences
        )
    test, p_value = tested
    return ReplayVerdict(
        verdict="drifted" if p_value < 1 - confidence else "statistically equal",
        test=test,
        confidence=confidence,
        p_value=p_value,
        first_difference=differences[0],
        differences=differences,
    )


def _test(original: Evidence, replayed: Evidence) -> tuple[str, float] | None:
    a, b = original.correct, replayed.correct
    if a is not None and b is not None and a.size == b.size > 0:
        words = f"exact McNemar test of the test accuracy, the same {a.size:,} rows"
        return words, mcnemar_exact(int((a & ~b).sum()), int((b & ~a).sum()))
    before, after = _right(original), _right(replayed)
    if before is None or after is None or before[1] != after[1]:
        return None
    words = f"Fisher's exact test of the test accuracy, {before[1]:,} rows, not paired"
    return words, fisher_exact(*before, *after)


def _right(run: Evidence) -> tuple[int, int] | None:
    """Return the numbers of right answers and of test rows, where the run tells."""
    rows, accuracy = _rows(run), run.metrics.get("test_accuracy")
    if run.correct is not None and rows:
        return int(run.correct.sum()), rows
    return (round(accuracy * rows), rows) if rows and accuracy is not None else None


def _rows(run: Evidence) -> int | None:
    return run.test_rows if run.correct is None else run.correct.size


def _differences(original: Evidence, replayed: Evidence) -> Iterator[str]:
    yield from _first_record(original.history, replayed.history)
    yield from _apart(_leaves(original.metrics), _leaves(replayed.metrics))
    yield from _answers(original, replayed)


def _first_record(
    original: Sequence[Mapping[str, Any]], replayed: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """Yield the first difference of the histories, if there is one."""
    for number, (before, after) in enumerate(zip_longest(original, replayed), start=1):
        if before is None or after is None:
            yield f"history: {len(original)} records against {len(replayed)}"
            return
        place = f"step {before['step']}" if "step" in before else f"record {number}"
        for difference in _apart(_leaves(before), _leaves(after)):
            yield f"{place}, {difference}"
            return


def _answers(original: Evidence, replayed: Evidence) -> Iterator[str]:
    before, after = _rows(original), _rows(replayed)
    if None not in (before, after) and before != after:
        yield f"test rows: {before} against {after}"
        return
    a, b = original.correct, replayed.correct
    if a is not None and b is not None and (a != b).any():
        rows = np.flatnonzero(a != b)
        yield f"answers: {rows.size} of {a.size} test rows, first row {rows[0]}"


def _leaves(values: Mapping[str, Any], path: str = "") -> dict[str, str]:
    """Return canonical JSON of each value by its dotted path, timing left out."""
    found: dict[str, str] = {}
    for key, value in values.items():
        if key in TIMING:
            continue
        if isinstance(value, Mapping):
            found |= _leaves(value, f"{path}{key}.")
        else:
            found[path + key] = json.dumps(value, sort_keys=True, default=_plain)
    return found


def _plain(value: Any) -> Any:
    """Turn NumPy's scalars and arrays into Python's."""
    return value.tolist()


def _apart(original: Mapping[str, str], replayed: Mapping[str, str]) -> Iterator[str]:
    for path in dict.fromkeys((*original, *replayed)):
        before, after = original.get(path, "missing"), replayed.get(path, "missing")
        if before != after:
            yield f"{path}: {before} against {after}"
