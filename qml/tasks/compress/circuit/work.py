"""Measures, chooses, trains what is left, judges, prices, keeps."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.compression.circuit.counts import Counts, counts_of
from qml.compression.circuit.cutting import cuts_of
from qml.compression.circuit.measuring import Measured, measure
from qml.compression.circuit.pieces import of_kind
from qml.compression.circuit.result import CutModel
from qml.compression.circuit.search import Search
from qml.compression.circuit.whole import Ready, Whole, whole_of
from qml.config import Config
from qml.records import RunFolder
from qml.records.environment import describe_environment
from qml.results.outcome import Cost
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.compress.circuit.checks import share_of
from qml.tasks.compress.circuit.notes import notes_of, verdict_of
from qml.tasks.compress.circuit.outcome import Pruned
from qml.tasks.compress.circuit.prices import priced_config
from qml.tasks.compress.circuit.rows import WHOLE, Table, cut_facts, whole_facts
from qml.tasks.compress.circuit.source import Source, open_source
from qml.tasks.site import open_site

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest

ALL = 10**6
"""Rounds of all starts together where a run is not a replay: each start has its own limit."""


def prune(run: RunFolder, config: Config, root: Path, stop: "StopRequest", world: World) -> Pruned:
    """Prune, judge, record."""
    seeds = Seeds(config.compress.seed)
    with world.progress.bar(f"loading {config.compress.model}", None):
        source = open_source(config, root, world)
        whole = _whole(source, config, seeds)
    run.update(data={"source": source.describe(), "digests": dict(source.data.digests)})
    counts = counts_of(whole.pieces, share_of(config))
    measured, ready = _ready(whole, counts, config, seeds, stop, world)
    chosen = min(ready, key=lambda r: r.loss)
    rows = _rows(source, whole, ready, chosen, config, seeds, world)
    outcome = Pruned(
        run_id=run.id,
        name=run.manifest()["name"],
        run_dir=str(run.path),
        backend="jax",
        model=source.describe(),
        target=config.compress.target,
        pieces={k: {"of": len(of_kind(whole.pieces, k)), "gone": n} for k, n in counts.items()},
        rows=tuple(rows),
        expansions=_expansions(measured),
        price=_priced(config),
        notes=notes_of(source, measured, rows, interrupted=stop.requested),
        metrics=_metrics(rows),
        verdict=verdict_of(rows, config),
        cost=Cost(),
    )
    _keep(run, source, chosen.model, outcome)
    run.finalise(
        "finished",
        stop_reason="interrupted" if stop.requested else "done",
        environment=describe_environment(),
        seeds={"root": seeds.root, "derived": seeds.issued},
        model=outcome.model,
        metrics=outcome.metrics,
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
    )
    return outcome


def _whole(source: Source, config: Config, seeds: Seeds) -> Whole:
    return whole_of(
        source.model,
        source.stored.params,
        source.data.train,
        rows=config.compress.circuit.rows,
        seed=seeds["rows"],
        weights=config.compress.prune.pattern != "gates",
    )


def _ready(
    whole: Whole, counts: Counts, config: Config, seeds: Seeds, stop: "StopRequest", world: World
) -> tuple[Measured, list[Ready]]:
    """Measure, choose, and train what is left where that is asked for."""
    section, damage = config.compress, whole.damage()
    measured = measure(
        damage,
        counts,
        section.circuit,
        seeds,
        progress=world.progress,
        clock=world.clock,
        stop=lambda: stop.requested,
    )
    search = _search(config, seeds, stop, world)
    cuts = list(
        cuts_of(
            damage,
            counts,
            measured,
            section.circuit,
            search,
            solver=section.solver,
            rounds=section.used.get("rounds", ALL),
            progress=world.progress,
        )
    )
    if "distill" not in section.methods:
        return measured, whole.ready(cuts)
    return measured, whole.retrained(
        cuts, section.circuit, progress=world.progress, stop=search.stop
    )


def _search(config: Config, seeds: Seeds, stop: "StopRequest", world: World) -> Search:
    section, began = config.compress, world.clock.monotonic()

    def late() -> bool:
        limit = section.seconds
        return stop.requested or (limit is not None and world.clock.monotonic() - began > limit)

    return Search(
        section.circuit.evaluations,
        seeds["search"],
        world.clock,
        lambda: stop.requested,
        late,
    )


def _rows(
    source: Source,
    whole: Whole,
    ready: list[Ready],
    chosen: Ready,
    config: Config,
    seeds: Seeds,
    world: World,
) -> list[dict[str, Any]]:
    priced = priced_config(config)
    with open_site(priced, world) as site, world.progress.bar("judging", len(ready) + 1) as bar:
        table = Table(source, whole.cut, priced, site, seed=seeds["bootstrap"])
        rows = [table.row(WHOLE, whole.cut, **whole_facts(whole.loss(whole.cut)))]
        bar.advance()
        for place, one in enumerate(ready):
            facts = cut_facts(one.cut, one.loss, chosen=one is chosen, rival=place > 0)
            rows.append(table.row(one.cut.label, one.model, **facts))
            bar.advance(accuracy=f"{rows[-1]['accuracy']:.3f}")
    return rows


def _priced(config: Config) -> dict[str, Any]:
    wanted = config.compress.circuit
    return {"machine": wanted.price_on, "rows": wanted.price_rows, "shots": wanted.price_shots}


def _expansions(measured: Measured) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "name": expansion.name,
            "spearman": agreement,
            "quadratic": expansion.quadratic,
            "chosen": expansion is measured.best,
        }
        for expansion, agreement in zip(measured.found, measured.agreements, strict=True)
    )


def _metrics(rows: list[dict[str, Any]]) -> dict[str, Any]:
    kept = next(row for row in rows if row["chosen"])
    names = ("two_qubit", "depth", "parameters", "accuracy", "kl", "loss")
    return {
        **{name: kept[name] for name in names},
        "price": float(kept["price"]["expected"]),
        "price_before": float(rows[0]["price"]["expected"]),
    }


def _keep(run: RunFolder, source: Source, model: CutModel, outcome: Pruned) -> None:
    """Write the model that was chosen, as `qml train` writes its own, and the outcome."""
    params = {k: v.astype(source.stored.params[k].dtype) for k, v in model.params.items()}
    replace(source.stored, params=params, dropped=model.dropped).save(run.artifacts)
    run.write_document(run.outcome_path, outcome.document())
