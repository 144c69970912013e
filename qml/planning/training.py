"""The plan of a training."""

from collections.abc import Mapping
from math import ceil

from qml.algorithms.gradients import GradientFamily
from qml.algorithms.models import KernelModel, Model, VariationalModel
from qml.algorithms.training.kernel import circuits as kernel_circuits
from qml.backends.base import Capabilities
from qml.circuits import Observable
from qml.circuits.measurement import plan_measurement
from qml.config import Config
from qml.engine import bytes_needed
from qml.planning.checks import check_backend, check_memory, choose_gradient
from qml.planning.memory import free_memory
from qml.planning.plan import Plan
from qml.plugins import load
from qml.results.outcome import ModelFacts

MANY_CIRCUITS = 1_000_000


def plan_training(
    config: Config,
    model: Model,
    capabilities: Capabilities,
    *,
    backend: str,
    rows: Mapping[str, int],
    chosen: str | None = None,
) -> Plan:
    """Plan a training.

    Args:
        config: Configuration.
        model: The model.
        capabilities: Of the backend.
        backend: Its name.
        rows: Rows of each part: train, validation, test.
        chosen: Why `auto` picked it, or None.

    Raises:
        PlanError: The backend cannot run it.
    """
    check_backend(backend, capabilities, config, model.circuit.wires)
    if isinstance(model, KernelModel):
        return _kernel_plan(config, model, backend, rows, chosen)
    return _variational_plan(config, model, capabilities, backend, rows, chosen)


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
    capabilities: Capabilities,
    backend: str,
    rows: Mapping[str, int],
    chosen: str | None,
) -> Plan:
    train = config.train
    gradient = choose_gradient(backend, capabilities, config)
    batch = min(train.batch_size, rows["train"])
    per_epoch = ceil(rows["train"] / batch)
    steps = min(train.epochs * per_epoch, train.steps or train.epochs * per_epoch)
    epochs = ceil(steps / per_epoch)
    evaluated = rows["test"] + evaluated_rows(config, rows) + epochs * rows["validation"]
    circuits = steps_circuits(config, model, gradient, rows["train"], steps) + evaluated * bases_of(
        config, model
    )
    needed = _memory(config, model, backend, batch, gradient)
    return Plan(
        backend=backend,
        chosen=chosen,
        model=model_facts(model, parameters_of(model)),
        gradient=gradient,
        rows=dict(rows),
        steps=steps,
        epochs=epochs,
        circuits=circuits,
        shots=circuits * config.backend.shots,
        bytes=needed,
        warnings=_warnings(gradient, circuits),
    )


def _kernel_plan(
    config: Config, model: KernelModel, backend: str, rows: Mapping[str, int], chosen: str | None
) -> Plan:
    exact = config.backend.shots == 0
    states = rows["train"] + rows["test"]
    circuits = states if exact else kernel_circuits(rows["train"], rows["test"])
    return Plan(
        backend=backend,
        chosen=chosen,
        model=model_facts(model, rows["train"]),
        gradient="none",
        rows=dict(rows),
        steps=1,
        epochs=1,
        circuits=circuits,
        shots=circuits * config.backend.shots,
        bytes=None,
        warnings=_warnings("none", circuits),
    )


def evaluated_rows(config: Config, rows: Mapping[str, int]) -> int:
    """Return how many training rows the training accuracy is measured on.

    All of them where expectations are exact; as many as there are test rows where each costs shots.
    """
    return rows["train"] if config.backend.shots == 0 else min(rows["train"], rows["test"])


def bases_of(config: Config, model: VariationalModel) -> int:
    """Return how often a circuit is run: once per measured basis where expectations are sampled."""
    if config.backend.shots == 0:
        return 1
    strings = [o for o in model.circuit.observables if isinstance(o, Observable)]
    return max(1, len(plan_measurement(strings).bases))


def steps_circuits(
    config: Config, model: VariationalModel, gradient: str, rows: int, steps: int
) -> int:
    """Return the circuits of so many steps; the last batch of an epoch is smaller.

    L-BFGS looks at the loss once more for every trial of its line search, which is not counted.
    """
    family: GradientFamily = load("gradients", gradient)
    batch = min(config.train.batch_size, rows)
    full, rest = divmod(rows, batch)
    per_epoch = full + (rest > 0)
    epochs, more = divmod(steps, per_epoch)
    whole = family.circuits(model, config.train, batch)
    partial = family.circuits(model, config.train, rest) if rest else 0
    return (epochs * (full * whole + partial) + more * whole) * bases_of(config, model)


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


def _warnings(gradient: str, circuits: int) -> tuple[str, ...]:
    if circuits > MANY_CIRCUITS and gradient not in {"backprop", "adjoint"}:
        return (f"{circuits:,} circuits: `spsa` gradients or fewer rows would need far fewer",)
    return ()
