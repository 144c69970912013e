"""`qsim`: exact states and shots without noise, quantum trajectories with it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import qsimcirq
from numpy.typing import NDArray

from qml.backends import noise
from qml.backends.base import Settings
from qml.backends.local import LocalBackend, Observables
from qml.backends.overlap import from_states
from qml.backends.plugin import Plugin
from qml.backends.qsim.translate import pauli_sum, program, qubits
from qml.circuits import Circuit, CircuitModel, OverlapFunction, ZeroProjector
from qml.errors import PlanError
from qml.results.counts import Counts


class Qsim(LocalBackend):
    """qsim, which computes in float32.

    Raises:
        PlanError: float64 was asked for.
    """

    def __init__(self, plugin: Plugin, settings: Settings) -> None:
        super().__init__(plugin, settings)
        if self.section.precision != "float32":
            raise PlanError(
                "qsim computes in float32 only",
                hint='set `backend.precision = "float32"`, or use another backend',
            )
        self._options = qsimcirq.QSimOptions(
            cpu_threads=self.section.threads or _cores(), max_fused_gate_size=4
        )

    def expectations(
        self, circuits: Sequence[Circuit], observables: Observables
    ) -> NDArray[np.float64]:
        """Return exact expectations of noiseless circuits, one simulation each."""
        sums = [pauli_sum(o) for o in observables if not isinstance(o, ZeroProjector)]
        places = [i for i, o in enumerate(observables) if not isinstance(o, ZeroProjector)]
        found = np.zeros((len(circuits), len(observables)))
        for row, circuit in enumerate(circuits):
            made, order = program(circuit, self.rates, measure=False), qubits(circuit.wires)
            if sums:
                values = self._simulator(0, row).simulate_expectation_values(
                    made, sums, qubit_order=order
                )
                found[row, places] = np.real(values)
            if len(places) < len(observables):
                others = [i for i in range(len(observables)) if i not in places]
                found[row, others] = self._zero_probability(made, order)
        return found

    def counts(self, circuits: Sequence[Circuit], shots: int, seed: int) -> list[Counts]:
        """Sample every circuit; under noise every shot is a trajectory of its own.

        Raises:
            PlanError: Noise acts on a gate of three wires.
        """
        if self.rates.on_gates:
            noise.refuse_wide_gates(circuits)
        return [self._sample(c, shots, seed, row) for row, c in enumerate(circuits)]

    def overlaps(self, model: CircuitModel) -> OverlapFunction | None:
        """Return fidelities of states, or None under noise or where they are to be sampled."""
        if self.section.shots or not self.rates.silent:
            return None
        return from_states(model, self._states)

    def _sample(self, circuit: Circuit, shots: int, seed: int, row: int) -> Counts:
        made = program(circuit, self.rates, measure=True)
        measured = self._simulator(seed, row).run(made, repetitions=shots).measurements["m"]
        bits = np.asarray(measured, dtype=np.int8)
        if self.rates.readout:
            random = np.random.default_rng([seed, row])
            bits = bits ^ (random.random(bits.shape) < self.rates.readout).astype(np.int8)
        return Counts.from_samples(bits)

    def _states(self, circuits: Sequence[Circuit]) -> NDArray[np.complexfloating]:
        return np.array(
            [
                self._simulator(0, 0)
                .simulate(program(c, self.rates, measure=False), qubit_order=qubits(c.wires))
                .final_state_vector
                for c in circuits
            ]
        )

    def _zero_probability(self, made: Any, order: list[Any]) -> float:
        (amplitude,) = self._simulator(0, 0).compute_amplitudes(made, [0], qubit_order=order)
        return float(np.abs(amplitude) ** 2)

    def _simulator(self, seed: int, row: int) -> qsimcirq.QSimSimulator:
        """A simulator whose random numbers depend on the seed and the circuit's place alone."""
        (state,) = np.random.SeedSequence([seed, row]).generate_state(1)
        return qsimcirq.QSimSimulator(self._options, seed=int(state))


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
