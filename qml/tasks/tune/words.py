"""What a study found, in sentences."""

from typing import Any

from qml.tasks.tune.objective import Objective

BIAS = (
    "the best value is the largest of many noisy ones on the same held-out rows, so it flatters;"
    " the test rows were looked at once, for the settings that won"
)
UNMEASURED = "not measured against random search: `--compare random` runs as many random trials"


def verdict_of(
    best: dict[str, Any] | None,
    objective: Objective,
    trials: int,
    rival: dict[str, Any] | None,
    test: dict[str, Any] | None,
    sampler: str,
) -> str:
    """State what was found, who else found it, and what it is worth on rows that nobody saw."""
    if best is None:
        return f"No trial of {trials} ended well."
    name = objective.metric.replace("_", " ")
    found = f"Best {name} {best['value']:.4g} in {trials:,} {_noun(trials)} ({best['search']})"
    parts = [f"{found}; {_against(rival, sampler)}."]
    if test is not None and "test_accuracy" in test:
        low, high = test["test_accuracy_ci"]
        parts.append(
            f"On {test['test_rows']:,} test rows that the search did not see:"
            f" {100 * test['test_accuracy']:.1f} % ({100 * low:.1f} to {100 * high:.1f})."
        )
        parts.append(test["verdict"])
    return " ".join(parts)


def notes_of(
    objective: Objective,
    test: dict[str, Any] | None,
    rival: dict[str, Any] | None,
    rows: int,
    proposed: dict[str, int],
) -> tuple[str, ...]:
    """Return what a reader should know before he believes the best value."""
    found = []
    if len(proposed) > 1:
        said = ", ".join(f"{how} {count:,}" for how, count in proposed.items())
        found.append(f"what proposed the trials: {said}")
    if objective.metric.startswith("test_"):
        found.append("the settings were chosen on the test rows: no accuracy here is an honest one")
    elif test is not None:
        found.append(BIAS)
    if rows:
        found.append(
            f"trials were judged on {rows:,} validation rows: one row is {100 / rows:.2g} points"
        )
    if rival is not None and rival["standing"] == "unknown":
        found.append("one search each: chance is not told from skill; --repeats 5 gives intervals")
    return tuple(found)


def cost_notes(whose: str | None) -> tuple[str, ...]:
    """Say whose prices are not known, where there are such."""
    return () if whose is None else (f"what the trials cost is not known here: {whose} did them",)


def reason_of(reason: str, name: str) -> str:
    """Say why a study stopped."""
    return {
        "trials": "all trials are done",
        "time": "its time was up",
        "budget": f"its money was spent; more: `qml tune --study {name} --max-cost AMOUNT`",
        "interrupted": f"interrupted; go on: `qml tune --study {name}`",
    }[reason]


def _against(rival: dict[str, Any] | None, sampler: str) -> str:
    if sampler == "random":
        return "random search itself"
    if rival is None:
        return "random search was not run beside it"
    at = f"after {rival['trials']:,} trials each"
    match rival["standing"]:
        case "ahead":
            return f"{sampler} beat random search {at}"
        case "behind":
            return f"random search beat {sampler} {at}"
        case "even":
            return f"no difference to random search shown {at}"
    mean = rival["ahead_by"]["mean"]
    word = "ahead of" if mean > 0 else "behind" if mean < 0 else "level with"
    return f"{word} one random search of as many trials, which proves nothing"


def _noun(trials: int) -> str:
    return "trial" if trials == 1 else "trials"
