"""What `qml sample qubo` is to do: the problem, the solvers, and what each may use."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from qml.algorithms.solvers import Budget
from qml.algorithms.solvers import exact as exact_solver
from qml.algorithms.solvers.referee import read_options
from qml.config import Config
from qml.config.sections.sample import QuboSection
from qml.files import digest_file
from qml.plugins import load
from qml.problems import Arrays, compile_model
from qml.problems.feasible import check_feasible
from qml.problems.files import read_problem
from qml.problems.named import Instance, instance

SECONDS = 3.0
"""Wall time of each solver where no budget is set."""
USUAL = ("greedy", "local_search", "tabu", "parallel_tempering", "annealing")
"""Solvers where none is named; `exact` comes first where a proof is within reach."""
RIVAL = "annealing"
"""The classical column where only quantum solvers are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What is to be done.

    Attributes:
        problem: Its numbers.
        known: Its optimum, where it is known from elsewhere.
        solvers: Names, in the order in which they run.
        quantum: Those of them that are made of circuits, or run on an annealer.
    """

    problem: Arrays
    known: float | None = None
    solvers: tuple[str, ...]
    quantum: frozenset[str]


def assignment(config: Config, root: Path) -> Assignment:
    """Read the problem, choose the solvers, and check their settings.

    Raises:
        DataError: The problem cannot be read, or its constraints cannot hold.
        ConfigError: A setting of a solver is unknown or out of range.
        PlanError: A solver cannot work on the problem.
        PluginError: A solver is unknown.
    """
    section = config.sample.qubo
    problem, known = _problem(section, root)
    names = _chosen(section, problem)
    modules: dict[str, Any] = {name: load("solvers", name) for name in names}
    for name, module in modules.items():
        settings = read_options(name, module, section.options.get(name, {}))
        if module is exact_solver:
            exact_solver.method_for(problem, settings)
    quantum = frozenset(n for n, module in modules.items() if getattr(module, "QUANTUM", False))
    if quantum == set(names) and not section.used:
        names = (*names, RIVAL)
    return Assignment(problem=problem, known=known, solvers=names, quantum=quantum)


def _problem(section: QuboSection, root: Path) -> tuple[Arrays, float | None]:
    """Return the problem, and its optimum where that is known."""
    if section.instance is not None:
        found = _instance(section.instance)
        return compile_model(found.model), found.optimum
    assert section.file is not None
    path = root / section.file
    return _feasible_problem(path, digest_file(path)), None


@lru_cache(maxsize=4)
def _instance(name: str) -> Instance:
    """Make an instance once: its optimum may have to be enumerated."""
    return instance(name)


@lru_cache(maxsize=1)
def _feasible_problem(path: Path, digest: str) -> Arrays:
    """Read a problem and try its constraints, once for each content of a file."""
    del digest
    problem = compile_model(read_problem(path))
    check_feasible(problem)
    return problem


def _chosen(section: QuboSection, problem: Arrays) -> tuple[str, ...]:
    if section.solvers:
        return tuple(dict.fromkeys(section.solvers))
    return ("exact", *USUAL) if exact_solver.fits(problem) else USUAL


def budget_of(section: QuboSection, name: str) -> Budget:
    """Return what a solver may use: in a replay, the evaluations that it used."""
    if name in section.used:
        return Budget(evaluations=section.evaluations, until=section.used[name])
    return Budget(evaluations=section.evaluations, seconds=_seconds(section))


def _seconds(section: QuboSection) -> float | None:
    return SECONDS if section.seconds is None and section.evaluations is None else section.seconds


def budget_words(section: QuboSection) -> str:
    """Say what each solver may use: `10,000 evaluations, 10 s`."""
    parts: Sequence[str] = [
        f"{section.evaluations:,} evaluations" if section.evaluations else "",
        f"{_seconds(section):g} s" if _seconds(section) else "",
    ]
    if section.used:
        return "what each used in the run that is repeated"
    return ", ".join(part for part in parts if part)
