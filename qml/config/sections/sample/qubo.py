"""`[sample.qubo]`: good assignments of a binary quadratic problem."""

from typing import Any

from pydantic import Field

from qml.config.base import Section


class QuboSection(Section):
    """A problem, its solvers, and what each of them may use."""

    file: str | None = Field(
        None,
        description="File of the problem: .coo, .json (dimod's, Ising or a matrix), .lp, .mps or"
        " .qps.",
    )
    instance: str | None = Field(
        None,
        description="A well-known instance in the place of a file: `labs:12`, `maxcut:petersen`,"
        " `maxcut:regular0`, `bqp:0`, `subset:0`; its optimum is known.",
    )
    solvers: list[str] = Field(
        [], description="Solvers by name, side by side; several classical ones where empty."
    )
    evaluations: int | None = Field(
        None, ge=1, description="Objective evaluations of each solver, at most (evaluations)."
    )
    seconds: float | None = Field(
        None,
        gt=0,
        allow_inf_nan=False,
        description="Wall time of each solver, at most; 3 where no budget is set (s).",
    )
    output: str | None = Field(None, description="File for the best assignment: .json.")
    options: dict[str, dict[str, Any]] = Field(
        {}, description="Settings of solvers, by name, e.g. [sample.qubo.options.qaoa]."
    )
    used: dict[str, int] = Field(
        {},
        description="Evaluations that each solver used in a run that is replayed; set by replay.",
    )
