"""Parameter-shift gradients on anything that measures expectations.

All shifted circuits of a step go out as one submission. The chain rule runs through a surrogate
that is linear in the
gates' angles and has the measured values and slopes, so JAX differentiates what is classical.
"""

from dataclasses import dataclass, field
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from qml.algorithms.gradients.base import Batch, Estimate
from qml.algorithms.gradients.loss import loss_and_accuracy
from qml.algorithms.gradients.shift import Rule, rules
from qml.algorithms.models import Params, VariationalModel
from qml.circuits import Circuit, Evaluator, Template, trace
from qml.config.sections import TrainSection


@dataclass(frozen=True, slots=True)
class ParameterShift:
    """Measured values and slopes, then the chain rule.

    Attributes:
        model: The model.
        evaluator: Runs the circuits.
        template: The circuit family, traced.
        shifts: Rule of each slot whose slope is needed.
    """

    model: VariationalModel
    evaluator: Evaluator
    template: Template
    shifts: dict[int, Rule]
    _surrogate: Any = field(repr=False)
    _angles: Any = field(repr=False)

    @property
    def traceable(self) -> bool:
        """It talks to a backend."""
        return False

    def __call__(self, params: Params, batch: Batch, seed: int) -> Estimate:
        """Measure the batch and its shifts as one submission."""
        del seed
        rows = int(np.sum(batch.mask))
        angles = np.asarray(self._angles(params, batch.features), dtype=float)
        values, slopes = self._measure(angles[:rows])
        padded = [_pad(a, len(angles)) for a in (values, slopes)]
        return Estimate(*self._surrogate(params, batch, angles, *padded))

    def _measure(self, angles: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return expectations (rows, observables) and slopes (rows, observables, slots)."""
        circuits = [c for row in angles for c in self._circuits(row)]
        measured = self.evaluator.expectations(circuits, self.model.circuit.observables)
        by_row = measured.reshape(len(angles), -1, measured.shape[1])
        slopes = np.zeros((len(angles), measured.shape[1], self.template.slots))
        place = 1
        for slot, shifts in self.shifts.items():
            for weight, _ in shifts:
                slopes[:, :, slot] += weight * by_row[:, place]
                place += 1
        return by_row[:, 0], slopes

    def _circuits(self, angles: NDArray[Any]) -> list[Circuit]:
        """Return the circuit of one row and its shifted copies, in the order of `shifts`."""
        listed = [self.template.bind(angles)]
        for slot, shifts in self.shifts.items():
            for _, shift in shifts:
                moved = angles.copy()
                moved[slot] += shift
                listed.append(self.template.bind(moved))
        return listed


def make(model: VariationalModel, evaluator: Evaluator, section: TrainSection) -> ParameterShift:
    """Build the method.

    Raises:
        PlanError: A trained gate has no shift rule.
    """
    del section
    template = trace(model.circuit)
    angles = angles_of(model, template)
    return ParameterShift(
        model=model,
        evaluator=evaluator,
        template=template,
        shifts=rules(template, needed(model, template)),
        _surrogate=jax.jit(_surrogate(model, angles)),
        _angles=jax.jit(angles),
    )


def circuits(model: VariationalModel, section: TrainSection, rows: int) -> int:
    """Return one circuit and its shifts per row."""
    del section
    template = trace(model.circuit)
    shifted = sum(len(r) for r in rules(template, needed(model, template)).values())
    return rows * (1 + shifted)


def needed(model: VariationalModel, template: Template) -> tuple[bool, ...]:
    """Tell for each slot whether a trained parameter moves it."""
    return tuple(
        w or (x and model.trains_inputs)
        for x, w in zip(template.on_inputs, template.on_weights, strict=True)
    )


def angles_of(model: VariationalModel, template: Template) -> Any:
    """Return `(params, features (B, d)) -> angles (B, slots)`, a JAX function."""

    def angles(params: Params, features: Any) -> Any:
        inputs = model.before(params, features)
        return jax.vmap(template.angles, (0, None))(inputs, params["weights"])

    return angles


def _surrogate(model: VariationalModel, angles: Any) -> Any:
    def evaluate(params: Params, batch: Batch, at: Any, values: Any, slopes: Any) -> Any:
        def objective(p: Params) -> tuple[Any, Any]:
            moved = angles(p, batch.features) - at
            expectations = values + jnp.einsum("bos,bs->bo", slopes, moved)
            return loss_and_accuracy(model.after(p, expectations), batch)

        (loss, accuracy), gradient = jax.value_and_grad(objective, has_aux=True)(params)
        return loss, accuracy, gradient

    return evaluate


def _pad(values: NDArray[Any], rows: int) -> NDArray[Any]:
    return np.concatenate([values, np.zeros((rows - len(values), *values.shape[1:]))])
