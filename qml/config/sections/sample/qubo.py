"""`[sample.qubo]`: good assignments of a binary quadratic problem."""

from typing import Any

from pydantic import Field

from qml.config.base import Section


class QuboSection(Section):
    """A problem, its solvers, and what each of them may use."""

    file: str | None = Field(
        None, description="File of the problem: .coo, .json, .lp or .mps, or Ising JSON."
    )
    solvers: list[str] = Field(
        ["local_search"], min_length=1, description="Solvers by name, side by side."
    )
    evaluations: int | None = Field(
        None, ge=1, description="Objective evaluations of each solver, at most (evaluations)."
    )
    seconds: float | None = Field(
        None, gt=0, description="Wall time of each solver, at most; 10 where nothing is set (s)."
    )
    options: dict[str, dict[str, Any]] = Field(
        {}, description="Settings of solvers, by name, e.g. [sample.qubo.options.qaoa]."
    )
    used: dict[str, int] = Field(
        {},
        description="Evaluations that each solver used in a run that is replayed; set by replay.",
    )
