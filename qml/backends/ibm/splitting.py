"""Cutting a batch into jobs."""

from collections.abc import Sequence
from dataclasses import replace

from qml.backends.ibm.machines import Limits
from qml.circuits import Work
from qml.errors import PlanError

EXECUTIONS = 5_000_000
"""Circuits times shots that a job may have; IBM tells 5 million, and 10 million since 2025
(https://quantum.cloud.ibm.com/docs/guides/job-limits)."""


def parts(work: Work, limits: Limits, name: str) -> Sequence[Work]:
    """Cut a batch into what one job may hold, in order.

    Raises:
        PlanError: One circuit alone has too many shots.
    """
    if work.shots > limits.shots:
        raise PlanError(
            f"`{name}` takes {limits.shots} shots a circuit, not {work.shots}",
            hint=f"set `backend.shots` to {limits.shots} at most",
        )
    most = max(1, min(limits.circuits, EXECUTIONS // max(1, work.shots)))
    rows = range(0, len(work.circuits), most)
    return [replace(work, circuits=work.circuits[row : row + most]) for row in rows]
