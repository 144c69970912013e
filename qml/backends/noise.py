"""`[backend.noise]` as rates of channels.

After each gate, as it is written, a depolarising channel acts on the gate's qubits. One qubit:
K0 = sqrt(1 - 3r/4) I and K_i = sqrt(r/4) sigma_i; two qubits: K00 = sqrt(1 - 15r/16) I and the
other fifteen sqrt(r/16) sigma_i x sigma_j. So r is the probability that the qubits are replaced by
the fully mixed state. At the end each measured bit is flipped with the readout probability.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from qml.circuits import Circuit
from qml.config.sections.backend import NoiseSection
from qml.errors import PlanError


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Rates of a noise model, each 0 to 1.

    Attributes:
        one_qubit: Depolarising rate r after a one-qubit gate.
        two_qubit: Depolarising rate r after a two-qubit gate.
        readout: Probability that a measured bit is flipped.
    """

    one_qubit: float = 0.0
    two_qubit: float = 0.0
    readout: float = 0.0

    @property
    def silent(self) -> bool:
        """Whether there is no noise at all."""
        return not (self.one_qubit or self.two_qubit or self.readout)

    @property
    def on_gates(self) -> bool:
        """Whether gates are noisy, and not the readout alone."""
        return bool(self.one_qubit or self.two_qubit)

    def snapshot(self) -> dict[str, float]:
        """Return the rates for the manifest."""
        return asdict(self)


PUBLISHED = {
    "aria-1": Rates(one_qubit=0.0005, two_qubit=0.0133),
    "aria-2": Rates(one_qubit=0.00065733, two_qubit=0.01856),
    "forte-1": Rates(one_qubit=0.000266667, two_qubit=0.004949333),
}
"""Noise models of IonQ's simulator (IonQ, API documentation, noise model simulation)."""


def resolve(section: NoiseSection) -> Rates:
    """Turn the section into rates.

    A key that is given wins over the model's rate; without a model, `depolarizing2` is
    `depolarizing` where it is not given.
    """
    rate = section.depolarizing
    base = PUBLISHED[section.model] if section.model else Rates(two_qubit=rate or 0.0)
    one = base.one_qubit if rate is None else rate
    two = base.two_qubit if section.depolarizing2 is None else section.depolarizing2
    return Rates(one_qubit=one, two_qubit=two, readout=section.readout)


def refuse_wide_gates(circuits: Sequence[Circuit]) -> None:
    """Refuse gates on three wires: no rate is defined for them.

    Raises:
        PlanError: A circuit has such a gate. It is not decomposed silently, since the number of
            noisy gates would then depend on the decomposition.
    """
    for place, circuit in enumerate(circuits):
        for gate in circuit.gates:
            if len(gate.wires) > 2:  # noqa: PLR2004 - rates exist for one and two wires
                raise PlanError(
                    f"circuit {place} has a `{gate.name}` on {len(gate.wires)} wires, and the "
                    "noise model has rates for one and two",
                    hint="write it as one- and two-qubit gates, or take the noise away",
                )


def refuse(section: NoiseSection, *, name: str) -> None:
    """Refuse noise on a backend that has none.

    Raises:
        PlanError: The section asks for noise.
    """
    if not resolve(section).silent:
        raise PlanError(
            f"backend `{name}` models no noise, and `[backend.noise]` asks for it",
            hint='use `backend.name = "qsim"` or `"aer"`, or remove `[backend.noise]`',
        )
