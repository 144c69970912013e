"""Runs the solvers one after the other, compares, records."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qml.algorithms.solvers import Answer, solve
from qml.algorithms.solvers.verdict import best_of, verdict
from qml.config import Config
from qml.errors import InterruptedRunError
from qml.files import digest_file, write_json
from qml.records import RunFolder
from qml.records.costs import write_costs
from qml.records.environment import describe_environment
from qml.results.outcome import Cost
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.sample.machine import Machine, open_machine
from qml.tasks.sample.qubo import files
from qml.tasks.sample.qubo.assignment import (
    Assignment,
    budget_of,
    budget_words,
)
from qml.tasks.sample.qubo.kinds import kind_of
from qml.tasks.sample.qubo.rows import (
    judged,
    lowest,
    metrics_of,
    refuted,
    row,
    standing_of,
    trace_of,
)
from qml.tasks.sample.qubo.solved import Solved
from qml.tasks.sample.qubo.watch import BarWatch, open_bar

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.planning.plan import Plan


class Found(NamedTuple):
    """What one solver found, and what it cost."""

    answer: Answer
    price: Decimal


def solve_all(
    run: RunFolder,
    config: Config,
    work: Assignment,
    *,
    root: Path,
    stop: "StopRequest",
    world: World,
) -> Solved:
    """Run every solver, compare, record.

    Args:
        run: The run, locked by this process.
        config: What is asked for.
        work: The problem and its solvers.
        root: Folder of the project.
        stop: Whether somebody asked to stop.
        world: Clock and progress.

    Raises:
        InterruptedRunError: Somebody asked to stop before anything was found.
    """
    seeds = Seeds(config.sample.seed)
    config, plan = _plan(config, work, world)
    run.update(data=_source(config, root), backend=_backend(run, config, work, {}))
    with open_machine(
        run,
        config,
        plan.purchase if plan else None,
        seed=seeds["shots"],
        stop=stop,
        world=world,
        root=root,
    ) as machine:
        found = dict(_each(config, work, seeds, machine, stop, world))
        usage, snapshot = machine.used()
    if not found:
        raise InterruptedRunError("interrupted before anything was found")
    spent = machine.spent()
    outcome = _outcome(run, config, root, work, found, spent.cost, enumerated=_enumerated(plan))
    run.write_document(run.outcome_path, outcome.document())
    write_costs(run.costs_path, spent.charges)
    run.finalise(
        "finished",
        stop_reason="interrupted" if outcome.interrupted else "budget",
        environment=describe_environment(),
        seeds={"root": seeds.root, "derived": seeds.issued},
        backend=_backend(run, config, work, snapshot),
        metrics=outcome.metrics,
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
        usage=usage,
    )
    return outcome


def _plan(config: Config, work: Assignment, world: World) -> tuple[Config, "Plan | None"]:
    """Resolve the backend of quantum solvers and price it; without any nothing heavy loads."""
    if not work.quantum:
        return config, None
    from qml.tasks.sample.qubo.backends import plan, resolved

    config = resolved(config, work)
    return config, plan(config, work, world)


def _enumerated(plan: "Plan | None") -> bool:
    """Whether a simulator computed every objective, for all or for the angles."""
    if plan is None:
        return False
    from qml.planning.solving import ENUMERATED

    return ENUMERATED in plan.warnings


def _source(config: Config, root: Path) -> dict[str, Any]:
    section = config.sample.qubo
    if section.instance is not None:
        return {"source": {"instance": section.instance}, "digests": {}}
    assert section.file is not None
    return {
        "source": {"file": section.file},
        "digests": {"problem": digest_file(root / section.file)},
    }


def _backend(
    run: RunFolder, config: Config, work: Assignment, snapshot: Mapping[str, Any]
) -> dict[str, Any]:
    name = config.backend.name if work.quantum else "local"
    return {**run.manifest()["backend"], "name": name, "snapshot": dict(snapshot)}


def _each(
    config: Config,
    work: Assignment,
    seeds: Seeds,
    machine: Machine,
    stop: "StopRequest",
    world: World,
) -> Iterator[tuple[str, Found]]:
    """Yield what each solver found, until somebody asks to stop."""
    billed = Decimal(0)
    for name in work.solvers:
        answer = _solve(name, config, work, seeds, machine, stop, world)
        if answer.proposals or not answer.interrupted:
            total = Decimal(machine.spent().cost.billed) if name in work.quantum else billed
            yield name, Found(answer, total - billed)
            billed = total
        if answer.interrupted:
            return


def _solve(
    name: str,
    config: Config,
    work: Assignment,
    seeds: Seeds,
    machine: Machine,
    stop: "StopRequest",
    world: World,
) -> Answer:
    section = config.sample.qubo
    budget = budget_of(section, name)
    with open_bar(name, budget, world.progress) as bar:
        watch = BarWatch(bar, budget, world.clock, machine)
        answer = solve(
            work.problem,
            name,
            budget=budget,
            seed=seeds[f"solvers/{name}"],
            options=section.options.get(name),
            evaluator=machine.evaluator if name in work.quantum else None,
            clock=world.clock,
            watch=watch,
            stop=lambda: stop.requested,
        )
        watch.end()
    return answer


def _outcome(
    run: RunFolder,
    config: Config,
    root: Path,
    work: Assignment,
    found: Mapping[str, Found],
    cost: Cost,
    *,
    enumerated: bool,
) -> Solved:
    section, answers = config.sample.qubo, {name: f.answer for name, f in found.items()}
    rows = [
        row(f.answer, kind=kind_of(n, work.quantum, config), price=f.price)
        for n, f in found.items()
    ]
    bound, optimum = lowest(rows)
    optimum = optimum if work.known is None else work.known
    first = best_of(rows)
    chosen = first["solver"] if first else None
    document = files.assignments(work.problem, answers, chosen)
    write_json(run.artifacts / files.FILE, document)
    if section.output:
        write_json(root / section.output, document)
    return Solved(
        run_id=run.id,
        name=run.manifest()["name"],
        run_dir=str(run.path),
        backend=config.backend.name if work.quantum else "local",
        problem=_problem(config, work, bound, optimum),
        budget=budget_words(section),
        solvers=judged(rows, optimum),
        chosen=chosen,
        assignments=(run.artifacts / files.FILE).relative_to(run.path).as_posix(),
        traces={name: trace_of(answer) for name, answer in answers.items()},
        interrupted=any(answer.interrupted for answer in answers.values()),
        metrics={**metrics_of(rows, optimum), **standing_of(rows, work.known)},
        verdict=verdict(
            rows,
            optimum=optimum,
            equal=budget_words(section),
            most=None if section.used else section.evaluations,
            enumerated=enumerated,
            refuted=refuted(rows),
        ),
        cost=cost,
    )


def _problem(
    config: Config, work: Assignment, bound: float | None, optimum: float | None
) -> dict[str, Any]:
    problem = work.problem
    return {
        "file": config.sample.qubo.file,
        "instance": config.sample.qubo.instance,
        "known": work.known,
        "variables": problem.size,
        "couplings": int((problem.couplings != 0).sum()) // 2,
        "groups": len(problem.groups),
        "limits": len(problem.limits),
        "vartype": "SPIN" if problem.spin else "BINARY",
        "bound": bound,
        "optimum": optimum,
    }
