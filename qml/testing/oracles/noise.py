"""A noise model as a test sees it: a backend that has it, and what it may do to a circuit."""

from dataclasses import dataclass
from functools import cache
from math import prod
from typing import Any

import numpy as np

from qml.backends.base import Backend
from qml.backends.noise import PUBLISHED, Rates, resolve
from qml.backends.registry import open_backend
from qml.circuits import Circuit
from qml.config.sections import BackendSection
from qml.config.sections.backend import NoiseSection
from qml.errors import PlanError
from qml.mitigation.base import Noise as Assumed
from qml.mitigation.density import outcomes
from qml.testing.assertions.outcomes import exact_distribution, marginal_distribution
from qml.testing.assertions.programs import program

SIMULATOR = "qsim"
"""Backend that models noise and comes with the package."""

EXACT = 6
"""Most wires whose noisy distribution is computed; wider ones get a bound."""

SLACK = 0.005
"""What single precision and trajectories may add to a predicted distance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """A noise model.

    Attributes:
        name: For messages.
        section: `[backend.noise]` that asks for it.
    """

    name: str
    section: NoiseSection

    @classmethod
    def published(cls, name: str) -> "Noise":
        """Return a published model by name.

        Raises:
            PlanError: There is none.
        """
        if name not in PUBLISHED:
            raise PlanError(
                f"no noise model `{name}`", hint=f"published: {', '.join(sorted(PUBLISHED))}"
            )
        return cls(name=name, section=NoiseSection.model_validate({"model": name}))

    @property
    def rates(self) -> Rates:
        """Rates of its channels."""
        return resolve(self.section)

    @property
    def backend(self) -> Backend:
        """A simulator with this noise, opened once for each process."""
        return _open(self.section.model_dump_json())

    def distance(self, thing: Any) -> float:
        """Return the total variation distance of a noisy program from the same without noise.

        Exact to `EXACT` wires, by density matrix. Beyond, an upper bound: the probability that any
        channel acts at all, 1 - prod_g (1 - e_g), with e = 3r/4 after a gate on one wire, 15r/16
        on two, and the readout rate for each wire.

        Args:
            thing: A program.

        Raises:
            PlanError: It has gates for which the model has no rate.
        """
        source = program(thing)
        if source.circuit.wires > EXACT:
            return _any_error(source.circuit, self.rates)
        assumed = Assumed(**self.rates.snapshot())
        noisy = marginal_distribution(outcomes(source.circuit, assumed).times, source.measured)
        return float(np.abs(noisy - exact_distribution(source)).sum() / 2)

    def tolerance(self, thing: Any) -> float:
        """Return the tolerance for a program: its predicted distance and a little slack."""
        return self.distance(thing) + SLACK


@cache
def _open(section: str) -> Backend:
    noise = NoiseSection.model_validate_json(section)
    return open_backend(BackendSection(name=SIMULATOR, shots=1000, noise=noise))


def _any_error(circuit: Circuit, rates: Rates) -> float:
    silent = (1 - 3 * rates.one_qubit / 4, 1 - 15 * rates.two_qubit / 16)
    gates = prod(silent[len(g.wires) - 1] for g in circuit.gates)
    return float(1 - gates * (1 - rates.readout) ** circuit.wires)
