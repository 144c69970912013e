"""The evaluator that mitigates errors: it lets more circuits run, and combines what they show.

It stands above whatever brings circuits to a machine: each variant is a circuit like any other of
the work, bought once, stored and found again.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qml.backends.base import Backend
from qml.backends.remote import is_remote
from qml.backends.verbatim import as_run
from qml.circuits import Circuit, Observable, Work, ZeroProjector
from qml.config import Config
from qml.config.sections import MitigationSection
from qml.errors import PlanError
from qml.execution.evaluator import BackendEvaluator, Runner
from qml.mitigation import readout
from qml.mitigation.allocation import Terms, deviation, pilot_shots, rest
from qml.mitigation.base import Expansion, Mitigation, Noise, Plain
from qml.mitigation.settings import Setting, assemble, settings
from qml.mitigation.shares import needs_calibration, needs_native, shots_each
from qml.mitigation.tally import Tally, Weights
from qml.planning.mitigation.work import acts, noise_of
from qml.plugins import load
from qml.results.counts import Counts
from qml.seeds import derive

Array = NDArray[np.float64]


class MitigatedEvaluator(BackendEvaluator):
    """Expectations with less error; samples and exact values are those of `BackendEvaluator`.

    Args:
        backend: Where circuits run.
        runner: Brings them there.
        shots: Shots of an expectation without mitigation.
        seed: Root of the sampling seeds, and of what a method draws.
        section: `[mitigation]`, `auto` resolved.
        noise: What is assumed of the machine; None where nothing is known.
    """

    def __init__(
        self,
        backend: Backend,
        runner: Runner,
        *,
        shots: int,
        seed: int,
        section: MitigationSection,
        noise: Noise | None,
    ) -> None:
        super().__init__(backend, runner, shots=shots, seed=seed)
        self._section = section
        self._noise = noise
        self._calibrated: dict[int, Weights] = {}

    def expectations(
        self, circuits: Sequence[Circuit], observables: Sequence[Observable | ZeroProjector]
    ) -> Array:
        """Measure every observable on every circuit; shape (circuits, observables).

        Raises:
            PlanError: Expectations are exact, or the method cannot be applied.
        """
        if self.exact:
            raise PlanError(
                "error mitigation acts on expectations that are measured with shots",
                hint='set backend.shots, e.g. 1000, or mitigation.method = "none"',
            )
        found = settings(observables)
        if not circuits:
            return np.zeros((0, len(observables)))
        method = self._method(max(c.wires for c in circuits))
        prepared = [
            [self._expanded(method, s.of(c), i, j) for j, s in enumerate(found)]
            for i, c in enumerate(circuits)
        ]
        seen = self._run(prepared, found)
        return np.array(
            [
                assemble(
                    [
                        expansion.combine(tallies, setting.targets)
                        for expansion, tallies, setting in zip(row, told, found, strict=True)
                    ],
                    found,
                )
                for row, told in zip(prepared, seen, strict=True)
            ]
        )

    def _expanded(self, method: Mitigation, circuit: Circuit, i: int, j: int) -> Expansion:
        seed = derive(self._seed, f"mitigation/{self._stage}/{self._submitted}/{i}/{j}")
        if not needs_native(self._section.method):
            return method.expand(circuit, seed)
        spelled = as_run(self.backend, circuit)
        if spelled is None:
            raise PlanError(
                f"`{self.backend.name}` compiles what it is sent: {self._section.method} would be"
                " undone by its compiler",
                hint='mitigation.method = "readout" works everywhere; IonQ takes native gates',
            )
        return method.expand(spelled, seed)

    def _method(self, wires: int) -> Mitigation:
        weights = self._weights(wires) if needs_calibration(self._section) else None
        if self._section.method == "none":
            return Plain()
        made: Mitigation = load("mitigations", self._section.method).make(
            self._section, self._noise, weights
        )
        return made

    def _weights(self, wires: int) -> Weights:
        """Return what measured bits count for; circuits that tell run once for each width."""
        if wires not in self._calibrated:
            self._calibrated[wires] = readout.weights(self._confusion(wires))
        return self._calibrated[wires]

    def _confusion(self, wires: int) -> readout.Confusion:
        if self._section.readout.source == "model":
            if self._noise is None:
                raise PlanError(
                    "nothing is known of the machine's readout",
                    hint='mitigation.readout.source = "calibration" measures it',
                )
            return readout.modelled(self._noise, wires)
        shots = self._section.readout.shots
        name = f"mitigation/readout/{wires}"
        return readout.calibrated(self._bring(readout.calibration(wires), shots, name))

    def _run(
        self, prepared: Sequence[Sequence[Expansion]], found: Sequence[Setting]
    ) -> list[list[list[Tally]]]:
        """Return what every circuit of every expansion showed."""
        variants = len(prepared[0][0].circuits)
        total = shots_each(self.shots, self._section.overhead, variants)
        first = pilot_shots(total, len(found)) if self._section.allocation == "neyman" else 0
        seen = self._batch(prepared, range(len(found)), first or total)
        if not first:
            return seen
        spread = np.array(
            [_pooled([row[j] for row in seen], setting.terms) for j, setting in enumerate(found)]
        )
        for j, more in enumerate(rest(spread, total * len(found), first)):
            if more:
                for row, told in zip(seen, self._batch(prepared, [j], more), strict=True):
                    row[j] = [a.joined(b) for a, b in zip(row[j], told[0], strict=True)]
        return seen

    def _batch(
        self, prepared: Sequence[Sequence[Expansion]], chosen: Sequence[int], shots: int
    ) -> list[list[list[Tally]]]:
        """Run the expansions in the chosen bases as one submission."""
        circuits = [c for row in prepared for j in chosen for c in row[j].circuits]
        name = f"{self._stage}/{self._submitted}"
        self._submitted += 1
        counts = iter(self._bring(circuits, shots, name))
        return [
            [[Tally.of(next(counts)) for _ in row[j].circuits] for j in chosen] for row in prepared
        ]

    def _bring(self, circuits: Sequence[Circuit], shots: int, name: str) -> list[Counts]:
        work = Work(circuits=tuple(circuits), shots=shots, seed=derive(self._seed, f"shots/{name}"))
        results = self._runner.run(work, name)
        assert results.counts is not None
        return list(results.counts)


def open_evaluator(
    config: Config, backend: Backend, runner: Runner, *, seed: int
) -> BackendEvaluator:
    """Return the evaluator that a configuration asks for.

    Args:
        config: Configuration, `[mitigation]` resolved.
        backend: Where circuits run.
        runner: Brings them there.
        seed: Root of the sampling seeds.
    """
    shots = config.backend.shots
    if not acts(config):
        return BackendEvaluator(backend, runner, shots=shots, seed=seed)
    device = backend.device if is_remote(backend) else None
    return MitigatedEvaluator(
        backend,
        runner,
        shots=shots,
        seed=seed,
        section=config.mitigation,
        noise=noise_of(config.mitigation, config.backend, backend.capabilities, device),
    )


def _pooled(rows: Sequence[Sequence[Tally]], terms: Terms) -> float:
    """Return the deviation of one basis over all circuits, of their unmitigated variants."""
    return float(np.sqrt(np.mean([deviation(row[0], terms) ** 2 for row in rows])))
