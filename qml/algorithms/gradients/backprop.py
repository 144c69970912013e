"""Backpropagation through a differentiable simulator, whole steps compiled."""

from dataclasses import dataclass
from typing import Any

import jax

from qml.algorithms.gradients.base import Batch, Estimate
from qml.algorithms.gradients.loss import loss_and_accuracy
from qml.algorithms.models import Params, VariationalModel
from qml.circuits import DifferentiableCircuit, Evaluator
from qml.config.sections import TrainSection
from qml.errors import PlanError


@dataclass(frozen=True, slots=True)
class Backprop:
    """Value and gradient in one sweep.

    Attributes:
        model: The model.
        circuit: Its circuit as a JAX function.
    """

    model: VariationalModel
    circuit: DifferentiableCircuit

    @property
    def traceable(self) -> bool:
        """Pure JAX."""
        return True

    def __call__(self, params: Params, batch: Batch, seed: int) -> Estimate:
        """Return loss, accuracy and exact gradient."""
        del seed

        def objective(p: Params) -> tuple[Any, Any]:
            inputs = self.model.before(p, batch.features)
            logits = self.model.after(p, self.circuit(inputs, p["weights"]))
            return loss_and_accuracy(logits, batch)

        (loss, accuracy), gradient = jax.value_and_grad(objective, has_aux=True)(params)
        return Estimate(loss, accuracy, gradient)


def make(model: VariationalModel, evaluator: Evaluator, section: TrainSection) -> Backprop:
    """Build the method.

    Raises:
        PlanError: The backend has no differentiable simulator.
    """
    circuit = evaluator.differentiable(model.circuit)
    if circuit is None:
        raise PlanError(
            f"the backend cannot differentiate by `{section.gradient}`",
            hint="train.gradient = 'parameter_shift', or backend.shots = 0 on a simulator",
        )
    return Backprop(model, circuit)


def circuits(model: VariationalModel, section: TrainSection, rows: int) -> int:
    """Return one circuit per row."""
    del model, section
    return rows
