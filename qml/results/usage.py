"""How much work circuits are: what planning multiplies by a tariff, and what a run has used."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Amounts of work.

    Attributes:
        submissions: Batches handed to a backend.
        circuits: Circuits executed.
        shots: Shots over all circuits; 0 on an exact simulator.
        one_qubit: One-qubit gates over all circuits.
        two_qubit: Gates on two or more qubits over all circuits.
        seconds: Time on the device or simulator.
    """

    submissions: int = 0
    circuits: int = 0
    shots: int = 0
    one_qubit: int = 0
    two_qubit: int = 0
    seconds: float = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        """Add two amounts."""
        return Usage(
            submissions=self.submissions + other.submissions,
            circuits=self.circuits + other.circuits,
            shots=self.shots + other.shots,
            one_qubit=self.one_qubit + other.one_qubit,
            two_qubit=self.two_qubit + other.two_qubit,
            seconds=self.seconds + other.seconds,
        )
