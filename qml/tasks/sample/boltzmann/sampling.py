"""The inside of `qml sample ising`, once the heavy libraries may load."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np  # noqa: TID253 - this module loads once a run really starts

from qml.algorithms.samplers import Draws, Info, Target, Task, build, draw
from qml.algorithms.samplers.exact import Exact
from qml.algorithms.samplers.measure import measure
from qml.algorithms.samplers.pictures import histogram, traces
from qml.algorithms.samplers.verdict import QUANTUM, best, verdict
from qml.config import Config
from qml.errors import InterruptedRunError
from qml.files import digest_file
from qml.ports import Bar, Clock
from qml.records import RunFolder
from qml.records.costs import write_costs
from qml.records.environment import describe_environment
from qml.results.outcome import Cost
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.sample.boltzmann.assignment import ENUMERATED, Assignment, assignment, limits_of
from qml.tasks.sample.boltzmann.files import FILE, digest, thinned, write_all, write_one
from qml.tasks.sample.boltzmann.machine import Machine, open_machine
from qml.tasks.sample.boltzmann.proposals import plan, resolved
from qml.tasks.sample.boltzmann.sampled import Sampled

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest

EVERY = 0.05
"""Seconds between two looks at a progress bar."""


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
        drawn = _draw_all(config, work, seeds, machine, stop, world)
        usage, snapshot = machine.used()
    spent = machine.spent()
    outcome = _outcome(run, config, root, work, drawn, spent.cost)
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


def _draw_all(
    config: Config,
    work: Assignment,
    seeds: Seeds,
    machine: Machine,
    stop: "StopRequest",
    world: World,
) -> dict[str, Draws]:
    """Run one method after the other; those that drew nothing are left out."""
    found: dict[str, Draws] = {}
    for name in work.methods:
        draws = _draw(name, config, work, seeds, machine, stop, world)
        if draws.steps:
            found[name] = draws
        if draws.interrupted:
            break
    if not found:
        raise InterruptedRunError("interrupted before anything was drawn")
    return found


def _draw(
    name: str,
    config: Config,
    work: Assignment,
    seeds: Seeds,
    machine: Machine,
    stop: "StopRequest",
    world: World,
) -> Draws:
    section, evaluator = config.sample.ising, None
    if name == "qemcmc" and machine.evaluator is not None:
        evaluator = machine.evaluator
        evaluator.begin(name)
    limits = limits_of(name, section, work)
    kernel = build(name, Task(target=work.target, evaluator=evaluator), section.options.get(name))
    total = limits.steps or limits.most
    amount = None if total is None else total * section.chains
    with world.progress.bar(name, amount or limits.evaluations) as bar:
        watch = _Watch(bar, world.clock, machine, proposals=amount is not None)
        return draw(
            kernel,
            chains=section.chains,
            seed=seeds[f"samplers/{name}"],
            limits=limits,
            clock=world.clock,
            watch=watch,
            stop=lambda: stop.requested,
        )


class _Watch:
    """Tells a bar of the progress, now and then."""

    def __init__(self, bar: Bar, clock: Clock, machine: Machine, *, proposals: bool) -> None:
        self._bar, self._clock, self._machine = bar, clock, machine
        self._proposals = proposals
        self._told, self._next = 0, 0.0

    def __call__(self, steps: int, info: Info, energy: float) -> None:
        """Move the bar where it is time."""
        now = self._clock.monotonic()
        if now < self._next:
            return
        done = info.proposed if self._proposals else info.evaluations
        facts = {"energy": f"{energy:.4g}", "draws": f"{steps:,}", **self._machine.facts()}
        self._bar.advance(done - self._told, **facts)
        self._told, self._next = done, now + EVERY


def _outcome(
    run: RunFolder,
    config: Config,
    root: Path,
    work: Assignment,
    drawn: Mapping[str, Draws],
    cost: Cost,
) -> Sampled:
    section, target = config.sample.ising, work.target
    exact = Exact.of(target) if target.size <= ENUMERATED else None
    kept = {name: draws.after(section.warmup) for name, draws in drawn.items()}
    samples = {name: thinned(draws, section.count) for name, draws in kept.items()}
    rows = [_row(name, kept[name], samples[name], exact, cost) for name in drawn]
    chosen = best(rows)
    assert chosen is not None
    write_all(run.artifacts / FILE, target, samples)
    if section.output:
        write_one(root / section.output, target, samples[chosen["method"]])
    return Sampled(
        run_id=run.id,
        name=run.manifest()["name"],
        run_dir=str(run.path),
        backend=config.backend.name if work.circuits else "local",
        problem=_problem(config, target, exact),
        methods=tuple(rows),
        chosen=chosen["method"],
        skipped=work.skipped,
        samples=(run.artifacts / FILE).relative_to(run.path).as_posix(),
        pictures={"traces": traces(drawn), "histogram": histogram(kept, exact)},
        interrupted=any(draws.interrupted for draws in drawn.values()),
        metrics=_metrics(rows),
        verdict=verdict(rows),
        cost=cost,
    )


def _row(name: str, kept: Draws, samples: Draws, exact: Exact | None, cost: Cost) -> dict[str, Any]:
    """Return one row of the table; warm-up counts among evaluations and seconds."""
    found, info = measure(kept, exact), kept.info
    ess, billed = found.ess, float(cost.billed) if name in QUANTUM else 0.0
    return {
        "method": name,
        "chains": kept.energies.shape[1],
        "steps": kept.made,
        "samples": samples.energies.size,
        "evaluations": info.evaluations,
        "seconds": kept.seconds,
        **asdict(found),
        "ess_per_evaluation": None if ess is None else ess / info.evaluations,
        "ess_per_second": None if ess is None else ess / max(kept.seconds, 1e-9),
        "ess_per_dollar": ess / billed if ess is not None and billed else None,
        "digest": digest(samples),
    }


def _problem(config: Config, target: Target, exact: Exact | None) -> dict[str, Any]:
    return {
        "file": config.sample.ising.file,
        "spins": target.size,
        "couplings": int(np.count_nonzero(np.triu(target.couplings))),
        "temperature": target.temperature,
        "exact_energy": None if exact is None else exact.energy,
        "log_partition": None if exact is None else exact.log_partition,
    }


def _metrics(rows: list[dict[str, Any]]) -> dict[str, Any]:
    keys = ("ess", "rhat", "energy", "ess_per_evaluation")
    return {f"{row['method']}_{key}": row[key] for row in rows for key in keys}
