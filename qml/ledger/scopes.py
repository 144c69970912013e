"""Scopes that money is counted in: a run, a UTC day, a UTC month, the project.

A total belongs to one of `run:<run id>`, `day:2026-11-21`, `month:2026-11`, `project`. A cap may
also be set for a kind (`run`, `day`, `month`): it then holds for each run, day or month by itself.
"""

from datetime import UTC, datetime

from qml.errors import UsageError

KINDS = ("run", "day", "month", "project")
_NAMED = ("run:", "day:", "month:")


def day_of(moment: float) -> str:
    """Return the UTC day of a moment, e.g. `2026-11-21`."""
    return datetime.fromtimestamp(moment, UTC).date().isoformat()


def scopes_of(run_id: str, day: str) -> tuple[str, str, str, str]:
    """Return the totals that an intent of a run on a day counts for."""
    return (f"run:{run_id}", f"day:{day}", f"month:{day[:7]}", "project")


def kind_of(scope: str) -> str:
    """Return `run`, `day`, `month` or `project`."""
    return scope.partition(":")[0]


def exact(scope: str, moment: float) -> str:
    """Return the total that a scope means now: `day` is today, `month` is this month.

    Raises:
        UsageError: It is no scope, or `run` without a run's id.
    """
    check(scope)
    today = day_of(moment)
    if scope == "run":
        raise UsageError("`run` alone names no run", hint="e.g. run:20261121-1200-digits")
    return {"day": f"day:{today}", "month": f"month:{today[:7]}"}.get(scope, scope)


def check(scope: str) -> None:
    """Refuse what is no scope.

    Raises:
        UsageError: With the scopes that there are.
    """
    named = scope.startswith(_NAMED) and scope.partition(":")[2]
    if scope not in KINDS and not named:
        raise UsageError(
            f"`{scope}` is no scope of a budget", hint="run, run:RUN_ID, day, month or project"
        )
