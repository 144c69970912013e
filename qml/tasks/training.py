"""The inside of `qml train`, once the heavy libraries may load."""

from dataclasses import asdict
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from qml.algorithms.baselines.base import Problem
from qml.algorithms.baselines.suite import Rival, run_baselines, stand_beside
from qml.circuits import resources, trace
from qml.config import Config
from qml.errors import BudgetError
from qml.execution.fit import Assignment, Fit, fit
from qml.execution.reached import described, measure, trained_circuits
from qml.execution.stop import StopRequest
from qml.execution.stored_model import StoredModel
from qml.files import write_json
from qml.planning.training import evaluated_rows
from qml.records import RunFolder
from qml.records.costs import write_costs
from qml.records.environment import describe_environment
from qml.report.gather import CIRCUIT
from qml.report.svg.drawing import template_drawing
from qml.results.intervals import wilson
from qml.results.outcome import Cost, TrainOutcome
from qml.results.verdict import verdict
from qml.seeds import Seeds
from qml.session import Session, World, open_session
from qml.tasks.answers import write_predictions
from qml.tasks.prepare import TrainWork, prepare_training
from qml.tasks.spending import needed_to_go_on, spending
from qml.tracking.base import Tracker


def train(
    run: RunFolder,
    config: Config,
    root: Path,
    tracker: Tracker,
    stop: StopRequest,
    world: World,
) -> TrainOutcome:
    """Train, compare, record."""
    began = world.clock.now()
    seeds = Seeds(config.train.seed)
    work = prepare_training(config, root, seeds, world)
    _record_plan(run, work)
    with open_session(
        run,
        work.config,
        seed=seeds["sampling"],
        per_epoch=_steps_per_epoch(work),
        tracker=tracker,
        stop=stop,
        world=world,
        root=root,
    ) as session:
        run.update(backend=_backend(run, work, session))
        try:
            fitted = fit(_assignment(work), session.evaluator, seeds, session.around)
        except BudgetError as error:
            raise needed_to_go_on(
                error, run, work.config, work.plan.purchase, root=root, world=world
            ) from error
        mitigated = _mitigated(work, fitted, session, seeds)
        session.finish()
        backend = _backend(run, work, session)
        used = session.around.meter
    spent = spending(
        run,
        work.config,
        work.plan.purchase,
        root=root,
        world=world,
        began=began,
        shots=used.total.shots,
    )
    rivals = _rivals(work, seeds, world)
    outcome = _outcome(run, work, fitted, rivals, spent.cost, mitigated)
    _keep(run, work, fitted, outcome)
    write_costs(run.costs_path, spent.charges)
    run.finalise(
        "finished",
        stop_reason="early_stopping" if fitted.stopped_early else "schedule",
        environment=describe_environment(),
        seeds={"root": seeds.root, "derived": seeds.issued},
        backend=backend,
        model=asdict(outcome.model),
        metrics=outcome.metrics,
        baselines=[asdict(b) for b in outcome.baselines],
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
        usage=asdict(used.total),
    )
    return outcome


def _record_plan(run: RunFolder, work: TrainWork) -> None:
    """Record what is known before the first step: data, model and circuit."""
    template = trace(work.model.circuit)
    write_json(run.artifacts / CIRCUIT, template_drawing(template))
    circuit = template.bind(np.zeros(template.slots))
    run.update(
        data={"source": dict(work.dataset.source), "digests": dict(work.data.digests)},
        model=asdict(work.plan.model),
        circuits={
            "digests": {"model": template.digest},
            "resources": {"model": asdict(resources(circuit))},
        },
        backend={
            **run.manifest()["backend"],
            "name": work.backend.name,
            "snapshot": {},
            "chosen": work.plan.chosen,
        },
    )


def _backend(run: RunFolder, work: TrainWork, session: Session) -> dict[str, Any]:
    """Describe the backend as it is now: at the start for `qml status`, at the end for good."""
    snapshot = dict(session.backend.snapshot())
    return {**run.manifest()["backend"], "name": work.backend.name, "snapshot": snapshot}


def _assignment(work: TrainWork) -> Assignment:
    config, plan = work.config, work.plan
    return Assignment(
        config=config,
        model=work.model,
        data=work.data,
        precision=work.backend.precision,
        gradient=plan.gradient,
        steps=plan.steps,
        evaluated=evaluated_rows(config, plan.rows),
    )


def _steps_per_epoch(work: TrainWork) -> int:
    rows = work.plan.rows["train"]
    return ceil(rows / min(work.config.train.batch_size, rows))


def _rivals(work: TrainWork, seeds: Seeds, world: World) -> list[Rival]:
    if not work.config.baselines.enabled:
        return []
    data = work.data
    watched = data.validation if len(data.validation) else None
    problem = Problem(
        train_features=data.train.features,
        train_labels=data.train.labels,
        test_features=data.test.features,
        test_labels=data.test.labels,
        classes=work.shape.classes,
        parameters=work.plan.model.parameters,
        seeds=seeds,
        validation_features=watched.features if watched else None,
        validation_labels=watched.labels if watched else None,
    )
    return run_baselines(work.config.baselines.names, problem, world.progress)


def _outcome(
    run: RunFolder,
    work: TrainWork,
    fitted: Fit,
    rivals: list[Rival],
    cost: Cost,
    mitigated: dict[str, Any],
) -> TrainOutcome:
    correct = fitted.predicted == work.data.test.labels
    accuracy = float(correct.mean())
    baselines = stand_beside(correct, rivals)
    manifest = run.manifest()
    return TrainOutcome(
        run_id=run.id,
        name=manifest["name"],
        run_dir=str(run.path),
        backend=work.backend.name,
        model=work.plan.model,
        metrics={
            "test_accuracy": accuracy,
            "test_accuracy_ci": list(wilson(int(correct.sum()), len(correct))),
            **fitted.metrics,
            "test_rows": len(correct),
            "validation_rows": len(work.data.validation),
            "train_rows": len(work.data.train),
            **mitigated,
        },
        baselines=baselines,
        verdict=verdict(accuracy, len(correct), baselines),
        cost=cost,
    )


def _mitigated(work: TrainWork, fitted: Fit, session: Session, seeds: Seeds) -> dict[str, Any]:
    """Say what error mitigation did, measured where the truth is known and nothing is paid."""
    choice = work.plan.mitigation
    if choice is None:
        return {}
    circuits = trained_circuits(work.model, fitted.params, work.data.test.features)
    found = measure(
        work.config,
        session.backend,
        circuits,
        work.model.circuit.observables,
        seed=seeds["reached"],
    )
    return {"mitigation": described(choice, found)}


def _keep(run: RunFolder, work: TrainWork, fitted: Fit, outcome: TrainOutcome) -> None:
    """Write the model, its answers for the test rows, and the outcome."""
    StoredModel(
        section=work.config.model,
        backend=work.backend,
        shape=work.shape,
        params=fitted.params,
        preprocessor=work.data.preprocessor,
    ).save(run.artifacts)
    test = work.data.test
    write_predictions(run, zip(test.index, test.labels, fitted.predicted, strict=True))
    run.write_document(run.outcome_path, outcome.document())
