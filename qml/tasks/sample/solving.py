"""The inside of `qml sample qubo`, once the heavy libraries may load."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from qml.algorithms.solvers import Answer, Budget, solve
from qml.config import Config
from qml.execution.stop import StopRequest
from qml.problems import compile_model
from qml.problems.files import read_problem
from qml.records import RunFolder
from qml.records.environment import describe_environment
from qml.results.outcome import Cost
from qml.seeds import Seeds
from qml.session import World
from qml.tracking.base import Tracker


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """What the solvers found.

    Attributes:
        run_id: Id of the run.
        name: The name it was given, or None.
        run_dir: Its folder.
        backend: Name of the backend.
        problem: File, variables, constraints.
        solvers: One row each.
        verdict: One sentence.
        cost: Money.
    """

    run_id: str
    name: str | None
    run_dir: str
    backend: str
    problem: dict[str, Any]
    solvers: tuple[dict[str, Any], ...]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.sample-qubo/1`."""
        return {"schema": "qml.sample-qubo/1", **asdict(self), "solvers": list(self.solvers)}


def solve_all(
    run: RunFolder,
    config: Config,
    root: Path,
    tracker: Tracker,
    stop: StopRequest,
    world: World,
) -> Solved:
    """Run every solver, compare, record."""
    section, seeds = config.sample.qubo, Seeds(config.sample.seed)
    assert section.file is not None
    problem = compile_model(read_problem(root / section.file))
    rows = []
    for name in section.solvers:
        with world.progress.bar(name, None) as bar:
            answer = solve(
                problem,
                name,
                budget=Budget(
                    evaluations=section.used.get(name, section.evaluations),
                    seconds=None if name in section.used else section.seconds or 10.0,
                ),
                seed=seeds[f"solvers/{name}"],
                options=section.options.get(name),
                clock=world.clock,
                watch=lambda scores: bar.advance(0, best=str(scores.objective)),
                stop=lambda: stop.requested,
            )
        rows.append(_row(answer))
        if answer.interrupted:
            break
    del tracker
    outcome = Solved(
        run_id=run.id,
        name=run.manifest()["name"],
        run_dir=str(run.path),
        backend=config.backend.name,
        problem={"file": section.file, "variables": problem.size},
        solvers=tuple(rows),
        verdict="",
        cost=Cost(),
    )
    run.write_document(run.outcome_path, outcome.document())
    run.finalise(
        "finished",
        environment=describe_environment(),
        seeds={"root": seeds.root, "derived": seeds.issued},
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
    )
    return outcome


def _row(answer: Answer) -> dict[str, Any]:
    best = answer.trace[-1] if answer.trace else None
    return {
        "solver": answer.solver,
        "best": answer.objective,
        "mean": answer.mean,
        "feasible": answer.feasible,
        "evaluations": answer.evaluations,
        "seconds": answer.seconds,
        "seconds_to_best": best.seconds if best else None,
        "proven": answer.proven,
    }
