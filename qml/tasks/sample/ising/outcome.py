"""From draws to the outcome: rows, files, pictures, verdict."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np  # noqa: TID253 - this module loads once a run really starts

from qml.algorithms.samplers import Draws, Target
from qml.algorithms.samplers.exact import Exact
from qml.algorithms.samplers.measure import measure
from qml.algorithms.samplers.pictures import histogram, traces
from qml.algorithms.samplers.verdict import QUANTUM, best, verdict
from qml.config import Config
from qml.records import RunFolder
from qml.results.outcome import Cost
from qml.tasks.sample.ising.assignment import ENUMERATED, Assignment
from qml.tasks.sample.ising.files import FILE, digest, thinned, write_all, write_one
from qml.tasks.sample.ising.sampled import Sampled


def outcome_of(
    run: RunFolder,
    config: Config,
    root: Path,
    work: Assignment,
    drawn: Mapping[str, Draws],
    cost: Cost,
) -> Sampled:
    """Judge the draws of each method, and write the samples."""
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
