"""What is measured of a circuit: one setting of all wires at a time, and its averages."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit, Observable, ZeroProjector
from qml.circuits.measurement import Measurement, is_projector, plan_measurement
from qml.errors import PlanError
from qml.mitigation.tally import Target

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Setting:
    """One basis.

    Attributes:
        number: Its place in the measurement.
        measurement: Rotates circuits into it; None where the computational basis does.
        targets: What its shots tell.
        coefficients: Of each target in each observable, shape (targets, observables).
    """

    number: int
    measurement: Measurement | None
    targets: tuple[Target, ...]
    coefficients: Array

    def of(self, circuit: Circuit) -> Circuit:
        """Rotate a circuit into the basis."""
        if self.measurement is None:
            return circuit
        return self.measurement.circuits([circuit])[self.number]

    @property
    def terms(self) -> list[tuple[Array, Target]]:
        """Each target with its coefficients."""
        return list(zip(self.coefficients, self.targets, strict=True))


def settings(observables: Sequence[Observable | ZeroProjector]) -> list[Setting]:
    """Return the settings that tell all observables; qubit-wise commuting strings share one.

    Raises:
        PlanError: A projector is wanted beside Pauli strings.
    """
    if is_projector(observables):
        return [Setting(0, None, (None,), np.ones((1, 1)))]
    strings = [o for o in observables if isinstance(o, Observable)]
    if len(strings) != len(observables):
        raise PlanError("a projector and Pauli strings cannot be sampled in one submission")
    measurement = plan_measurement(strings)
    return [_setting(measurement, number) for number in range(len(measurement.bases))]


def assemble(values: Sequence[Array], found: Sequence[Setting]) -> Array:
    """Return expectations of the observables, shape (observables,), from those of all targets.

    The identity is 1, whatever a method made of it.
    """
    whole = np.zeros(found[0].coefficients.shape[1])
    for told, setting in zip(values, found, strict=True):
        known = np.array(
            [1.0 if t == () else v for t, v in zip(setting.targets, told, strict=True)]
        )
        whole += known @ setting.coefficients
    return whole


def _setting(measurement: Measurement, number: int) -> Setting:
    table: dict[Target, Array] = {}
    for column, terms in enumerate(measurement.terms):
        for coefficient, wires, basis in terms:
            if basis == number:
                row = table.setdefault(wires, np.zeros(len(measurement.terms)))
                row[column] += coefficient
    return Setting(number, measurement, tuple(table), np.array(list(table.values())))
