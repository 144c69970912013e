"""What a method of error mitigation is: circuits in place of one, and how to combine them.

A method is a module with `make(section, noise, weights) -> Mitigation`; its entry point in
`qml.mitigations.v1` names the module. Methods never run anything: an evaluator does, and so a
planner can ask the same methods what they would do with exact distributions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit
from qml.config.sections import MitigationSection
from qml.mitigation.tally import Tally, Target, Weights


class Noise(NamedTuple):
    """Rates of the noise that is assumed, each 0 to 1, as `[backend.noise]` means them.

    Attributes:
        one_qubit: Probability that a one-qubit gate replaces its qubit by the mixed state.
        two_qubit: The same of a two-qubit gate and its pair.
        readout: Probability that a measured bit is flipped.
    """

    one_qubit: float = 0.0
    two_qubit: float = 0.0
    readout: float = 0.0

    def of(self, wires: int) -> float:
        """Return the rate of a gate on one or two wires."""
        return self.one_qubit if wires == 1 else self.two_qubit


Combine = Callable[[Sequence[Tally], Sequence[Target]], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Expansion:
    """What runs in place of one circuit.

    Attributes:
        circuits: As many for every circuit of a method, so that shots and price are known before.
        combine: Maps what each of them showed, and what is wanted, to estimates (targets,).
        linear: Coefficients of the circuits' averages in an estimate, shape (circuits,); None
            where it is no linear function of them.
    """

    circuits: tuple[Circuit, ...]
    combine: Combine
    linear: NDArray[np.float64] | None = None


class Mitigation(Protocol):
    """A method with its settings."""

    @property
    def variants(self) -> int:
        """Circuits in place of one."""
        ...

    def expand(self, circuit: Circuit, seed: int) -> Expansion:
        """Return what runs in place of a circuit.

        Args:
            circuit: As its gates are run, ready to be measured in the computational basis.
            seed: Feeds what is drawn at random.

        Raises:
            PlanError: The method cannot be applied to this circuit.
        """
        ...


class MitigationFamily(Protocol):
    """The module that an entry point of `qml.mitigations.v1` names."""

    def make(
        self, section: MitigationSection, noise: Noise | None, weights: Weights | None
    ) -> Mitigation:
        """Build the method.

        Args:
            section: `[mitigation]`.
            noise: What is assumed of the machine; None where nothing is known.
            weights: How measured bits count where readout errors are corrected, else None.

        Raises:
            PlanError: The method needs noise that is not known.
        """
        ...


@dataclass(frozen=True, slots=True)
class Plain:
    """No mitigation, but perhaps of the readout.

    Attributes:
        weights: How measured bits count; None takes them as they are.
    """

    weights: Weights | None = None

    @property
    def variants(self) -> int:
        """The circuit itself."""
        return 1

    def expand(self, circuit: Circuit, seed: int) -> Expansion:
        """Return the circuit."""
        del seed
        return Expansion(
            (circuit,), lambda seen, targets: seen[0].means(targets, self.weights), np.ones(1)
        )
