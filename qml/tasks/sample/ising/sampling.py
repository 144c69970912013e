"""The inside of `qml sample ising`, once the heavy libraries may load."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config
from qml.files import digest_file
from qml.records import RunFolder
from qml.records.costs import write_costs
from qml.records.environment import describe_environment
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.sample.ising.assignment import Assignment, assignment
from qml.tasks.sample.ising.drawing import draw_all
from qml.tasks.sample.ising.outcome import outcome_of
from qml.tasks.sample.ising.proposals import plan, resolved
from qml.tasks.sample.ising.sampled import Sampled
from qml.tasks.sample.machine import open_machine

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest


def sample_all(
    run: RunFolder, config: Config, root: Path, stop: "StopRequest", world: World
) -> Sampled:
    """Run every method, compare, record.

    Raises:
        InterruptedRunError: Somebody asked to stop before anything was drawn.
    """
    seeds, work = Seeds(config.sample.seed), assignment(config, root)
    config = resolved(config, work)
    run.update(data=_source(config, root), backend=_backend(run, config, work, {}))
    purchase = plan(config, work, world).purchase if work.circuits else None
    with open_machine(
        run, config, purchase, seed=seeds["shots"], stop=stop, world=world, root=root
    ) as machine:
        drawn = draw_all(config, work, seeds, machine, stop, world)
        usage, snapshot = machine.used()
    spent = machine.spent()
    outcome = outcome_of(run, config, root, work, drawn, spent.cost)
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


def _source(config: Config, root: Path) -> dict[str, Any]:
    name = config.sample.ising.file
    assert name is not None
    return {"source": {"file": name}, "digests": {"problem": digest_file(root / name)}}


def _backend(
    run: RunFolder, config: Config, work: Assignment, snapshot: Mapping[str, Any]
) -> dict[str, Any]:
    name = config.backend.name if work.circuits else "local"
    return {**run.manifest()["backend"], "name": name, "snapshot": dict(snapshot)}
