"""What was reached, in one honest sentence that names the rival."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qml.tasks.compress.measure import Counted

BASELINES = {"bits": "uniform", "round": "rtn", "prune": "magnitude", "distill": "before"}
"""Of each method, the plainest rule that people use."""
SOLVERS = frozenset(
    {"ilp", "annealing", "tabu", "exact", "qaoa", "path_integral", "parallel_tempering", "dwave"}
)
"""What searches; all other labels are rules."""
WORDS = {"before": "what it started from"}
"""Of labels that say little by themselves."""
_SAME_SIZE = 1.005
_LEVEL = 0.05
"""Of significance, after Holm's correction."""
_MOST = 3

Row = Mapping[str, Any]


def verdict(rows: Sequence[Row], comparisons: Sequence[Row], counted: Counted = "codes") -> str:
    """State what the last method reached, beside its plainest rival and those that tie or win.

    A rival counts as even where it is the same candidate, where the 95 % interval of the ratio of
    the divergences holds 1, or where p is not below 0.05 after Holm's correction over all rivals;
    only rivals of at most the same size, by what the target counts, are said to tie or win.

    Args:
        rows: Of the outcome.
        comparisons: Of the outcome.
        counted: What the target counts; sizes are said in it.
    """
    rows = [{**row, "size": _size(row, counted)} for row in rows]
    chosen = [row for row in rows if row["chosen"]]
    if not chosen or chosen[-1]["kl"] is None:
        return "Nothing was judged."
    mine = chosen[-1]
    found = [c for c in comparisons if c["chosen"] == _name(mine)]
    rivals = {c["rival"]: c for c in found}
    baseline = _baseline(mine, rows, rivals)
    head = f"{mine['label']} at {mine['size']}: KL {mine['kl']:.3g}"
    if baseline is None:
        return f"{head}, {_accuracy(mine)}; nothing to compare it with."
    against = f"{head}, {_against(rivals[baseline], mine, rows)}"
    others = [c for c in found if c["rival"] != baseline and _in_step(c, mine)]
    clauses = [against, *_others(mine, rivals[baseline], others), *_in_all(mine, rivals, rows)]
    return "; ".join(clauses) + "."


def _in_all(mine: Row, rivals: Mapping[str, Row], rows: Sequence[Row]) -> Iterator[str]:
    """Yield how several methods together stand to the plainest rule of the first."""
    first = next(row["method"] for row in rows if row["method"] != "teacher")
    compared = rivals.get(f"{first}/{BASELINES.get(first, '')}")
    if first == mine["method"] or compared is None or compared["ratio"] is None:
        return
    rival = next(row for row in rows if _name(row) == compared["rival"])
    share = 100 * (compared["ratio"] - 1)
    word = "below" if share < 0 else "above"
    yield f"in all {abs(share):.0f} % {word} {_sized(rival['label'], compared, rival)}"


def _sized(name: str, compared: Row, rival: Row) -> str:
    """Name a rival, with its bits where it is of another size."""
    if abs(compared["size"] - 1) <= _SAME_SIZE - 1:
        return name
    return f"{name} at {rival['size']}"


def _size(row: Row, counted: Counted) -> str:
    if row["payload_bpw"] is None:
        return "an unknown size"
    if counted == "bytes":
        return f"{row['bytes_predicted'] / 1e6:.4g} MB"
    key = "payload_bpw" if counted == "codes" else "bits_per_weight"
    return f"{row[key]:.3g} bits{' of file' if counted == 'bits' else ''}"


def _baseline(mine: Row, rows: Sequence[Row], rivals: Mapping[str, Row]) -> str | None:
    """Return the plainest rival: by name, else the first of the step."""
    named = f"{mine['method']}/{BASELINES.get(mine['method'], '')}"
    if named in rivals:
        return named
    if named == _name(mine):
        named = ""
    mates = [_name(row) for row in rows if row["method"] == mine["method"] and row["rival"]]
    return next((name for name in mates if name in rivals), None)


def _against(compared: Row, mine: Row, rows: Sequence[Row]) -> str:
    """Say how far the choice is below or above the plainest rival."""
    rival = next(row for row in rows if _name(row) == compared["rival"])
    name = _sized(WORDS.get(str(rival["label"]), str(rival["label"])), compared, rival)
    if compared["same"]:
        return f"the same as {name}: nothing was gained"
    if compared["ratio"] is None:
        return f"{rival['kl']:.3g} of {name}"
    low, high = (abs(100 * (1 - bound)) for bound in sorted(compared["ratio_ci"]))
    if _even(compared):
        return f"no difference from {name} is shown ({_ratio(compared)})"
    word = "below" if compared["ratio"] < 1 else "above"
    share = abs(100 * (1 - compared["ratio"]))
    bounds = f"{min(low, high):.0f} to {max(low, high):.0f} %"
    return f"{share:.0f} % {word} {name} (95 % interval {bounds}), {_accuracy(mine)}"


def _others(mine: Row, baseline: Row, others: Sequence[Row]) -> Iterator[str]:
    """Yield clauses on the rivals of at most the same size that win or tie."""
    fair = [c for c in others if c["size"] <= _SAME_SIZE and _label(c) != "random"]
    better = [c for c in fair if not _even(c) and c["ratio"] is not None and c["ratio"] > 1]
    for found in better[:_MOST]:
        yield f"{_label(found)} is better: {_label(mine, 'label')} is {_above(found)} above it"
    ties = [_label(c) for c in fair if _even(c)]
    rules = [label for label in ties if label not in SOLVERS]
    if rules and mine["label"] in SOLVERS:
        yield f"{_listed(rules)}: no search was needed"
    elif ties:
        yield _listed(ties)
    if not better and not ties and fair:
        named = ", ".join(_label(c) for c in fair[:_MOST])
        more = " and others" if len(fair) > _MOST else ""
        yield f"better than {named}{more} (p < {_LEVEL} after Holm's correction)"
    if _even(baseline) and not baseline["same"] and not better:
        yield "the plainest rule would do"


def _listed(labels: Sequence[str]) -> str:
    verb = "ties" if len(labels) == 1 else "tie"
    return f"{', '.join(labels[:_MOST])}{' and others' if len(labels) > _MOST else ''} {verb}"


def _even(compared: Row) -> bool:
    """Whether no difference is shown: by the interval, or after Holm's correction."""
    if compared["same"] or compared["ratio"] is None:
        return bool(compared["same"])
    low, high = compared["ratio_ci"]
    return bool(low <= 1 <= high or compared["p_adjusted"] >= _LEVEL)


def _ratio(compared: Row) -> str:
    low, high = compared["ratio_ci"]
    said = f"ratio {compared['ratio']:.2f}, 95 % interval {low:.2f} to {high:.2f}"
    if low <= 1 <= high:
        return said
    return f"{said}, but p = {compared['p_adjusted']:.2g} after Holm's correction"


def _above(compared: Row) -> str:
    return f"{100 * (compared['ratio'] - 1):.0f} %"


def _accuracy(mine: Row) -> str:
    return f"perplexity {mine['perplexity']:.4g}"


def _in_step(compared: Row, mine: Row) -> bool:
    return str(compared["rival"]).startswith(f"{mine['method']}/")


def _label(row: Row, key: str = "rival") -> str:
    return str(row[key]).split("/", 1)[-1]


def _name(row: Row) -> str:
    return f"{row['method']}/{row['label']}"
