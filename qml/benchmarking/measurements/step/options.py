"""What the measurement `step` can be told."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from qml.benchmarking.measurements.step.circuits import CIRCUITS, Case
from qml.errors import ConfigError

PEERS = {
    "qml": "this project's engine; as a column it is the control, measured against itself",
    "pennylane_jax": "PennyLane default.qubit, jitted with JAX",
    "default_qubit": "PennyLane default.qubit, autograd",
    "lightning": "PennyLane lightning.qubit, adjoint",
    "tfq": "TensorFlow Quantum, adjoint",
    "tensorcircuit": "TensorCircuit-NG on JAX",
    "qulacs": "Qulacs, backprop",
    "deepquantum": "DeepQuantum on Torch",
    "aer": "Qiskit Aer, parameter shift",
    "qsim": "qsim through Cirq, parameter shift",
}


class StepOptions(BaseModel):
    """Options of `[measure]` where `kind` is `step`.

    Attributes:
        peer: Its file in `peers`.
        circuit: Name of the circuit.
        wires: Qubits.
        batch: Rows.
        inputs_too: Whether gradients of the inputs are measured too.
        rounds: Most rounds.
        seconds: Time of steps after which no further round begins.
        opening: Seconds until a peer must have been imported and compiled.
        patience: Seconds that the steps of one sample may take; what is slower is left out.
        tolerance: Of loss and gradient, relative to the largest.
        python: Interpreter of the peer; that of the environment, or this one, where None.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    peer: str
    circuit: str = "layers"
    wires: int = Field(8, ge=2, le=28)
    batch: int = Field(32, ge=1, le=1_000_000)
    inputs_too: bool = False
    rounds: int = Field(15, ge=3, le=10_000)
    seconds: float = Field(8.0, gt=0, allow_inf_nan=False)
    opening: float = Field(600.0, gt=0, allow_inf_nan=False)
    patience: float = Field(120.0, gt=0, allow_inf_nan=False)
    tolerance: float = Field(1e-3, gt=0, lt=1)
    python: str | None = None

    @field_validator("peer")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in PEERS:
            raise ValueError(f"no peer `{value}`; known: {', '.join(PEERS)}")
        return value

    @field_validator("circuit")
    @classmethod
    def _built(cls, value: str) -> str:
        if value not in CIRCUITS:
            raise ValueError(f"no circuit `{value}`; known: {', '.join(CIRCUITS)}")
        return value

    def case(self, seed: int) -> Case:
        """Return what is measured."""
        return Case.of(self.circuit, self.wires, self.batch, seed=seed, inputs_too=self.inputs_too)


def read(options: Mapping[str, Any]) -> StepOptions:
    """Read the options.

    Raises:
        ConfigError: One is unknown, missing or out of range.
    """
    try:
        return StepOptions(**options)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigError(
            f"measure.options.{where}: {first['msg']}",
            hint=f"the options of `step`: {', '.join(StepOptions.model_fields)}",
        ) from error
