"""`aer`: state vectors without noise; under noise density matrices or trajectories."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qiskit_aer import AerSimulator
from qiskit_aer.library import (
    SaveAmplitudesSquared,
    SaveExpectationValue,
    SaveProbabilities,
    SaveStatevector,
)

from qml.backends import noise
from qml.backends.aer import MOST_DENSITY_WIRES
from qml.backends.aer.translate import counts, measured, noise_model, pauli_operator, program
from qml.backends.base import Settings
from qml.backends.local import LocalBackend, Observables
from qml.backends.overlap import from_states
from qml.backends.plugin import Plugin
from qml.circuits import (
    Circuit,
    CircuitModel,
    Observable,
    OverlapFunction,
    ZeroProjector,
)
from qml.errors import PlanError, ProviderError
from qml.results.counts import Counts


class Aer(LocalBackend):
    """Qiskit Aer; the circuits of a batch are one job, spread over the threads."""

    def __init__(self, plugin: Plugin, settings: Settings) -> None:
        super().__init__(plugin, settings)
        self._options = {
            "precision": "double" if self.section.precision == "float64" else "single",
            "max_parallel_threads": self.section.threads or 0,
            "max_parallel_experiments": 0,
            # shots on threads of their own would draw other numbers on another machine
            "max_parallel_shots": 1,
            "noise_model": noise_model(self.rates),
        }

    def expectations(
        self, circuits: Sequence[Circuit], observables: Observables
    ) -> NDArray[np.float64]:
        """Return exact expectations; under noise those of the density matrix, as read out.

        Raises:
            PlanError: Under noise, a gate on three wires, or too many wires for a density matrix.
        """
        self._refuse_noisy(circuits)
        readouts = _Readouts(observables, self.rates)
        made = []
        for circuit in circuits:
            script = program(circuit, self.rates)
            for instruction in readouts.instructions(circuit.wires):
                script.append(instruction, range(circuit.wires), copy=False)
            made.append(script)
        method = "statevector" if self.rates.silent else "density_matrix"
        found = np.zeros((len(circuits), len(observables)))
        for row, data in enumerate(self._run(made, method=method, shots=1)):
            found[row] = readouts.read(data)
        return found

    def counts(self, circuits: Sequence[Circuit], shots: int, seed: int) -> list[Counts]:
        """Sample every circuit.

        Under noise, small registers sample from a density matrix, larger ones run a trajectory
        for each shot.

        Raises:
            PlanError: Noise acts on a gate of three wires.
        """
        if self.rates.on_gates:
            noise.refuse_wide_gates(circuits)
        (state,) = np.random.SeedSequence([seed]).generate_state(1)
        found: dict[int, Counts] = {}
        for method, rows in self._by_method(circuits, shots).items():
            made = [measured(circuits[r], self.rates) for r in rows]
            # Aer adds a circuit's place to the seed; a limit keeps the sum within 31 bits
            results = self._run(
                made, method=method, shots=shots, seed_simulator=int(state >> 2) + rows[0]
            )
            for row, data in zip(rows, results, strict=True):
                found[row] = counts(data["counts"], circuits[row].wires)
        return [found[i] for i in range(len(circuits))]

    def overlaps(self, model: CircuitModel) -> OverlapFunction | None:
        """Return fidelities of states, or None under noise or where they are to be sampled."""
        if self.section.shots or not self.rates.silent:
            return None
        return from_states(model, self._states)

    def _by_method(self, circuits: Sequence[Circuit], shots: int) -> dict[str, list[int]]:
        groups: dict[str, list[int]] = {}
        for row, circuit in enumerate(circuits):
            small = circuit.wires <= MOST_DENSITY_WIRES and 2**circuit.wires <= shots
            method = "density_matrix" if self.rates.on_gates and small else "statevector"
            groups.setdefault(method, []).append(row)
        return groups

    def _states(self, circuits: Sequence[Circuit]) -> NDArray[np.complexfloating]:
        made = [program(c, self.rates) for c in circuits]
        for script, circuit in zip(made, circuits, strict=True):
            script.append(SaveStatevector(circuit.wires), range(circuit.wires))
        return np.array(
            [np.asarray(d["statevector"]) for d in self._run(made, method="statevector", shots=1)]
        )

    def _refuse_noisy(self, circuits: Sequence[Circuit]) -> None:
        if self.rates.silent:
            return
        noise.refuse_wide_gates(circuits)
        wires = max((c.wires for c in circuits), default=0)
        if wires > MOST_DENSITY_WIRES:
            raise PlanError(
                f"exact expectations under noise take a density matrix, and {wires} wires are "
                f"more than {MOST_DENSITY_WIRES}",
                hint="set `backend.shots` above 0, or use fewer qubits",
            )

    def _run(self, made: list[Any], **options: Any) -> list[dict[str, Any]]:
        if not made:
            return []
        result = AerSimulator(**self._options).run(made, **options).result()
        if not result.success:
            raise ProviderError(
                f"Aer failed: {result.status}",
                details="\n".join(str(r.status) for r in result.results if not r.success),
            )
        return [r.data.to_dict() for r in result.results]


class _Readouts:
    """Instructions that save expectations, and how their results are read."""

    def __init__(self, observables: Observables, rates: noise.Rates) -> None:
        self._observables = observables
        self._rates = rates
        self._made: dict[int, list[Any]] = {}

    def instructions(self, wires: int) -> list[Any]:
        """Return one instruction for each observable, made once for each width."""
        if wires not in self._made:
            self._made[wires] = [
                self._instruction(o, wires, str(i)) for i, o in enumerate(self._observables)
            ]
        return self._made[wires]

    def read(self, data: dict[str, Any]) -> list[float]:
        """Read one circuit's results in the order of the observables."""
        return [self._value(o, data[str(i)]) for i, o in enumerate(self._observables)]

    def _instruction(self, observable: Observable | ZeroProjector, wires: int, label: str) -> Any:
        if isinstance(observable, Observable):
            return SaveExpectationValue(pauli_operator(observable, wires, self._rates), label)
        if self._rates.readout:
            return SaveProbabilities(wires, label)
        return SaveAmplitudesSquared(wires, [0], label)

    def _value(self, observable: Observable | ZeroProjector, saved: Any) -> float:
        if isinstance(observable, Observable) or not self._rates.readout:
            return float(np.asarray(saved).reshape(()))
        return _zero_read_out(np.asarray(saved), self._rates.readout)


def _zero_read_out(probabilities: NDArray[np.float64], flip: float) -> float:
    """Probability of reading 0...0 where each bit flips with probability `flip`."""
    wires = len(probabilities).bit_length() - 1
    ones = np.array([i.bit_count() for i in range(len(probabilities))])
    return float(probabilities @ (flip**ones * (1 - flip) ** (wires - ones)))
