"""The plan of a prediction."""

from typing import Any

from qml.algorithms.models import KernelModel, Model
from qml.config import Config
from qml.config.sections import MitigationSection
from qml.planning.batches import overlap_batches, row_batches
from qml.planning.checks import check_backend
from qml.planning.mitigation.cases import choose_mitigation
from qml.planning.mitigation.purchase import buy_mitigated
from qml.planning.mitigation.work import amounts
from qml.planning.plan import Plan
from qml.planning.purchase import Batch, Purchase
from qml.planning.sample import bases_of, sample_circuits
from qml.planning.site import Site
from qml.planning.training import model_facts


def plan_prediction(
    config: Config, model: Model, site: Site, features: Any, *, parameters: int, support: int
) -> Plan:
    """Plan the answers for rows.

    Args:
        config: Configuration.
        model: The stored model.
        site: Where it runs.
        features: Prepared rows, shape (N, features).
        parameters: Trained parameters of the model.
        support: Support vectors of a kernel machine; 0 for other models.

    Raises:
        PlanError: The backend cannot run it.
    """
    check_backend(site.name, site.capabilities, config, model.circuit.wires)
    shots = config.backend.shots
    batches = _batches(model, len(features), support, shots)
    circuits = sum(b.times * b.circuits for b in batches)
    sample = sample_circuits(model, features, sampled=shots > 0)

    def buy(section: MitigationSection) -> Purchase:
        return buy_mitigated(config, site, sample, batches, section)

    choice = choose_mitigation(config, model, site, features, buy)
    section = config.mitigation if choice is None else choice.section
    total, all_shots = amounts(section, circuits, shots)
    return Plan(
        backend=site.name,
        chosen=None,
        model=model_facts(model, parameters),
        gradient="none",
        rows={"predict": len(features)},
        steps=0,
        epochs=0,
        circuits=total,
        shots=all_shots,
        bytes=None,
        purchases=(buy(section),),
        warnings=site.warnings,
        mitigation=choice,
    )


def _batches(model: Model, rows: int, support: int, shots: int) -> list[Batch]:
    what = "prediction"
    if not isinstance(model, KernelModel):
        return row_batches(1, rows, bases_of(model, shots=shots), what)
    return overlap_batches(rows * support, what) if shots else [Batch(1, rows + support, what)]
