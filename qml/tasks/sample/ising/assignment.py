"""What `qml sample ising` is to do: the target, and the methods that apply to it."""

from dataclasses import dataclass
from math import ceil
from pathlib import Path

from qml.algorithms.samplers import Limits, Target, Task, build
from qml.algorithms.samplers.verdict import QUANTUM
from qml.config import Config
from qml.config.sections.sample import IsingSection
from qml.errors import PlanError
from qml.problems import compile_model
from qml.problems.files import read_problem

ENUMERATED = 16
"""Most spins that samples are held against the exact distribution."""
SECONDS = 5.0
"""Wall time of each method where no budget is set, once the samples are there."""
HERE = frozenset({"jax", "auto"})
"""Backends that mean the simulation of this machine."""
ALWAYS = ("metropolis", "parallel_tempering", "quantum_inspired")
"""Methods that sample every problem."""
RIVAL = "metropolis"
"""The classical column where none is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What is to be done.

    Attributes:
        target: The distribution.
        methods: Samplers in the order in which they run.
        circuits: Whether `qemcmc` runs circuits on the backend.
        skipped: Methods that were not named and do not apply, and why.
    """

    target: Target
    methods: tuple[str, ...]
    circuits: bool
    skipped: dict[str, str]


def assignment(config: Config, root: Path) -> Assignment:
    """Read the problem, choose the methods and build each of them once.

    Raises:
        DataError: The problem cannot be read, or has no Boltzmann distribution.
        ConfigError: An option is unknown or out of range.
        PlanError: A method that was named cannot sample it.
    """
    section = config.sample.ising
    assert section.file is not None
    assert section.temperature is not None
    target = Target.of(compile_model(read_problem(root / section.file)), section.temperature)
    away, skipped = runs_circuits(config), dict[str, str]()
    methods = [*dict.fromkeys(section.methods)] or [*ALWAYS]
    if not section.methods:
        skipped = _others(methods, target, config, away=away)
    elif set(methods) <= QUANTUM and not section.used:
        methods.append(RIVAL)
    for name in methods:
        if not (name == "qemcmc" and away):  # whether a backend can run it, the plan tells
            build(name, Task(target=target), section.options.get(name))
    return Assignment(
        target=target,
        methods=tuple(methods),
        circuits=away and "qemcmc" in methods,
        skipped=skipped,
    )


def runs_circuits(config: Config) -> bool:
    """Whether quenches are circuits on the backend, and not simulated as states here."""
    evolution = config.sample.ising.options.get("qemcmc", {}).get("evolution", "auto")
    if evolution != "auto":
        return bool(evolution == "circuits")
    backend = config.backend
    return bool(backend.route) or backend.name not in HERE or not backend.noise.silent


def limits_of(name: str, section: IsingSection, work: Assignment) -> Limits:
    """Return the budget of a method, or the steps of the run that is repeated."""
    if name in section.used:
        return Limits(steps=section.used[name])
    evaluations, seconds = section.evaluations, section.seconds
    if name == "qemcmc" and work.circuits:
        steps = circuit_steps(section)
        return Limits(evaluations=evaluations, seconds=seconds, most=steps)
    if evaluations is None and seconds is None:
        least = ceil(section.count / section.chains / (1 - section.warmup))
        return Limits(seconds=SECONDS, least=least)
    return Limits(evaluations=evaluations, seconds=seconds)


def circuit_steps(section: IsingSection) -> int:
    """Return how many submissions `qemcmc` makes at most: each holds a circuit of every chain."""
    return ceil((section.circuits or section.count) / section.chains)


def _others(methods: list[str], target: Target, config: Config, *, away: bool) -> dict[str, str]:
    """Add the methods that apply, and tell why the others do not."""
    skipped = {}
    for name in ("swendsen_wang", "qemcmc"):
        reason = None if name == "qemcmc" and away else _unfit(name, target, config)
        if reason is None:
            methods.append(name)
        else:
            skipped[name] = reason
    return skipped


def _unfit(name: str, target: Target, config: Config) -> str | None:
    """Tell why a method that nobody named is left out, or None."""
    try:
        build(name, Task(target=target), config.sample.ising.options.get(name))
    except PlanError as error:
        return error.message
    if name == "qemcmc" and target.size > ENUMERATED:
        return f"its simulation of {target.size} spins is slow; --method qemcmc runs it"
    return None
