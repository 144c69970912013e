"""The plan of a training."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from qml.algorithms.gradients import GradientFamily
from qml.algorithms.models import KernelModel, Model, VariationalModel
from qml.algorithms.training.choice import BANDWIDTHS
from qml.algorithms.training.kernel import circuits as kernel_circuits
from qml.circuits import Circuit
from qml.config import Config
from qml.config.sections import MitigationSection
from qml.engine import bytes_needed
from qml.errors import PlanError
from qml.planning.advice import advice
from qml.planning.batches import overlap_batches, row_batches, step_batches
from qml.planning.checks import check_backend, check_memory, choose_gradient
from qml.planning.memory import free_memory
from qml.planning.mitigation.cases import choose_mitigation
from qml.planning.mitigation.choice import Choice
from qml.planning.mitigation.purchase import buy_mitigated
from qml.planning.mitigation.work import amounts
from qml.planning.plan import Plan
from qml.planning.purchase import Batch, Purchase
from qml.planning.sample import bases_of, sample_circuits
from qml.planning.site import Site
from qml.plugins import load
from qml.results.outcome import ModelFacts

MANY_CIRCUITS = 1_000_000


def plan_training(
    config: Config,
    model: Model,
    site: Site,
    *,
    rows: Mapping[str, int],
    features: Any,
    chosen: str | None = None,
) -> Plan:
    """Plan a training.

    Args:
        config: Configuration.
        model: The model.
        site: Where it runs.
        rows: Rows of each part: train, validation, test.
        features: Prepared training rows, of which a few circuits are made to be counted.
        chosen: Why `auto` or a route picked the backend, or None.

    Raises:
        PlanError: The backend cannot run it.
    """
    check_backend(site.name, site.capabilities, config, model.circuit.wires)
    if isinstance(model, KernelModel):
        return _kernel_plan(config, model, site, rows, features, chosen)
    return _variational_plan(config, model, site, rows, features, chosen)


def model_facts(model: Model, parameters: int) -> ModelFacts:
    """Describe the size of a model."""
    return ModelFacts(
        kind=model.kind, qubits=model.circuit.wires, layers=model.layers, parameters=parameters
    )


def parameters_of(model: VariationalModel) -> int:
    """Count all trainable parameters, classical ones included."""
    return sum(int(a.size) for a in model.init(0).values())


def _variational_plan(
    config: Config,
    model: VariationalModel,
    site: Site,
    rows: Mapping[str, int],
    features: Any,
    chosen: str | None,
) -> Plan:
    train = config.train
    gradient = choose_gradient(site.name, site.capabilities, config)
    batch = min(train.batch_size, rows["train"])
    per_epoch = ceil(rows["train"] / batch)
    steps = min(train.epochs * per_epoch, train.steps or train.epochs * per_epoch)
    batches = training_batches(config, model, gradient, rows, steps)
    circuits = sum(b.times * b.circuits for b in batches)
    sample = sample_circuits(model, features, sampled=config.backend.shots > 0)
    choice, (total, shots), purchase = _mitigated(config, model, site, features, sample, batches)
    tips = (
        advice(config, model, site, purchase, sample, batches, gradient, rows=batch)
        if not purchase.free
        else ()
    )
    return Plan(
        backend=site.name,
        chosen=chosen,
        model=model_facts(model, parameters_of(model)),
        gradient=gradient,
        rows=dict(rows),
        steps=steps,
        epochs=ceil(steps / per_epoch),
        circuits=total,
        shots=shots,
        bytes=_memory(config, model, site.name, batch, gradient),
        purchases=(purchase,),
        advice=tips,
        warnings=_warnings(gradient, circuits, site),
        mitigation=choice,
    )


def _kernel_plan(
    config: Config,
    model: KernelModel,
    site: Site,
    rows: Mapping[str, int],
    features: Any,
    chosen: str | None,
) -> Plan:
    exact = config.backend.shots == 0
    asked = rows["test"] + (rows["validation"] if config.data.hold_out else 0)
    if not exact and model.bandwidth is None:
        raise PlanError(
            "`model.bandwidth = 'auto'` takes a kernel for each bandwidth, and each is measured",
            hint="set a number, or backend.shots = 0 where the backend has exact states",
        )
    tries = len(BANDWIDTHS) if model.bandwidth is None else 1
    circuits = tries * rows["train"] + asked if exact else kernel_circuits(rows["train"], asked)
    sample = sample_circuits(model, features, sampled=not exact)
    batches = [Batch(1, circuits, "kernel")] if exact else _kernel_batches(rows["train"], asked)
    choice, (total, shots), purchase = _mitigated(config, model, site, features, sample, batches)
    return Plan(
        backend=site.name,
        chosen=chosen,
        model=model_facts(model, rows["train"]),
        gradient="none",
        rows=dict(rows),
        steps=1,
        epochs=1,
        circuits=total,
        shots=shots,
        bytes=None,
        purchases=(purchase,),
        advice=(),
        warnings=_warnings("none", circuits, site),
        mitigation=choice,
    )


def _kernel_batches(train: int, asked: int) -> list[Batch]:
    """Return what measured overlaps submit, at most: others meet the support vectors only."""
    return [
        *overlap_batches(kernel_circuits(train, 0), "kernel of the training rows"),
        *overlap_batches(asked * train, "kernel of the test rows"),
    ]


def _mitigated(
    config: Config,
    model: Model,
    site: Site,
    features: Any,
    sample: Sequence[Circuit],
    batches: Sequence[Batch],
) -> tuple[Choice | None, tuple[int, int], Purchase]:
    """Choose the mitigation, count circuits and shots with it, and price the run."""

    def buy(section: MitigationSection) -> Purchase:
        return buy_mitigated(config, site, sample, batches, section)

    choice = choose_mitigation(config, model, site, features, buy)
    section = config.mitigation if choice is None else choice.section
    circuits = sum(b.times * b.circuits for b in batches)
    return choice, amounts(section, circuits, config.backend.shots), buy(section)


def training_batches(
    config: Config, model: VariationalModel, gradient: str, rows: Mapping[str, int], steps: int
) -> list[Batch]:
    """Return what a training submits: its steps, then what is evaluated."""
    family: GradientFamily = load("gradients", gradient)
    bases = bases_of(model, shots=config.backend.shots)
    batch = min(config.train.batch_size, rows["train"])
    full, rest = divmod(rows["train"], batch)
    per_epoch = full + (rest > 0)
    epochs, more = divmod(steps, per_epoch)

    def step(times: int, size: int, what: str) -> list[Batch]:
        return step_batches(
            family, model, config.train, rows=size, bases=bases, times=times, what=what
        )

    found = step(epochs * full + more, batch, "step")
    found += step(epochs, rest, "last step of an epoch") if rest else []
    looked = (
        (ceil(steps / per_epoch), rows["validation"], "validation"),
        (1, rows["test"], "test"),
        (1, evaluated_rows(config, rows), "training accuracy"),
        (1, rows["validation"] if config.data.hold_out else 0, "held-out rows"),
    )
    return found + [b for times, n, what in looked if n for b in row_batches(times, n, bases, what)]


def evaluated_rows(config: Config, rows: Mapping[str, int]) -> int:
    """Return how many training rows the training accuracy is measured on.

    All of them where expectations are exact; as many as there are test rows where each costs shots.
    """
    return rows["train"] if config.backend.shots == 0 else min(rows["train"], rows["test"])


def steps_circuits(
    config: Config, model: VariationalModel, gradient: str, rows: int, steps: int
) -> int:
    """Return the circuits of so many steps; the last batch of an epoch is smaller.

    L-BFGS looks at the loss once more for every trial of its line search, which is not counted.
    """
    parts = {"train": rows, "validation": 0, "test": 0}
    return sum(
        b.times * b.circuits for b in training_batches(config, model, gradient, parts, steps)
    )


def _memory(
    config: Config, model: VariationalModel, backend: str, batch: int, gradient: str
) -> int | None:
    if backend != "jax":
        return None
    needed = bytes_needed(
        model.circuit,
        batch=batch,
        precision=config.backend.precision,
        gradient=gradient == "backprop",
    )
    check_memory(needed, free_memory())
    return needed


def _warnings(gradient: str, circuits: int, site: Site) -> tuple[str, ...]:
    found = site.warnings
    if circuits > MANY_CIRCUITS and gradient not in {"backprop", "adjoint"}:
        found += (f"{circuits:,} circuits: `spsa` gradients or fewer rows would need far fewer",)
    return found
