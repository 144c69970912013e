"""State vectors in numpy: the smallest backend there is."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from qml.backends.base import Capabilities, Intent, Job, Results
from qml.circuits import Circuit, Work, ZeroProjector
from qml.circuits.gates import matrix
from qml.errors import PlanError
from qml.results.counts import Counts
from qml.results.usage import Usage

_PAULIS = {"X": [[0, 1], [1, 0]], "Y": [[0, -1j], [1j, 0]], "Z": [[1, 0], [0, -1]]}


class TinySimulator:
    """Exact expectations and counts, in this process."""

    name = "tiny"

    def __init__(self, most: int) -> None:
        self.capabilities = Capabilities(qubits=most, exact=True, samples=True, noise=False)
        self._jobs: dict[str, Job] = {}

    def usage(self, work: Work) -> Usage:
        return work.usage

    def submit(self, work: Work, intent: Intent) -> Job:
        if max((c.wires for c in work.circuits), default=0) > self.capabilities.qubits:
            raise PlanError(f"tiny runs {self.capabilities.qubits} qubits")
        if bool(work.shots) == bool(work.observables) and work.circuits:
            raise PlanError("tiny gives counts or expectations, one of the two")
        job = self._jobs[intent.key] = Job(id=intent.key, handle=run(work))
        return job

    def fetch(self, job: Job) -> Results:
        return job.handle

    def find(self, intent: Intent) -> Job | None:
        return self._jobs.get(intent.key)

    def differentiable(self, model: object) -> None:
        return None

    def overlaps(self, model: object) -> None:
        return None

    def snapshot(self) -> Mapping[str, Any]:
        return {"name": self.name, "version": "0.1"}

    def close(self) -> None:
        self._jobs.clear()


def run(work: Work) -> Results:
    states = [state(c) for c in work.circuits]
    if not work.shots:
        values = [[expectation(s, o) for o in work.observables] for s in states]
        return Results(expectations=np.array(values), usage=work.usage)
    drawn = [draw(s, work.shots, [work.seed, i]) for i, s in enumerate(states)]
    return Results(counts=tuple(drawn), usage=work.usage)


def state(circuit: Circuit) -> np.ndarray:
    """Return amplitudes of shape (2,) * wires, wire 0 first."""
    at = np.zeros((2,) * circuit.wires, dtype=complex)
    at[(0,) * circuit.wires] = 1
    for gate in circuit.gates:
        at = applied(at, np.asarray(matrix(gate.name, gate.params)), gate.wires)
    return at


def applied(at: np.ndarray, gate: np.ndarray, wires: tuple[int, ...]) -> np.ndarray:
    k = len(wires)
    moved = np.tensordot(gate.reshape((2,) * (2 * k)), at, axes=(range(k, 2 * k), wires))
    return np.moveaxis(moved, range(k), wires)


def expectation(at: np.ndarray, observable: Any) -> float:
    if isinstance(observable, ZeroProjector):
        return float(abs(at.reshape(-1)[0]) ** 2)
    total = 0.0
    for weight, string in observable.terms:
        turned = at
        for wire, letter in string:
            turned = applied(turned, np.array(_PAULIS[letter]), (wire,))
        total += weight * float(np.vdot(at, turned).real)
    return total


def draw(at: np.ndarray, shots: int, seed: list[int]) -> Counts:
    odds = abs(at.reshape(-1)) ** 2
    tally = np.random.default_rng(seed).multinomial(shots, odds / odds.sum())
    found = {format(i, f"0{at.ndim}b"): int(n) for i, n in enumerate(tally) if n}
    return Counts(at.ndim, found)


def dumped(results: Results) -> str:
    return json.dumps([[c.wires, dict(c.tally)] for c in results.counts or ()])
