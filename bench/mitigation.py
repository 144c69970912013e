"""Error mitigation: predicted against measured error, and whether `auto` was right.

    python bench/mitigation.py [--repetitions 20] [--shots 1000,20000]

Circuits of random rotations and chains of CNOTs run on Aer with the published rates of IonQ's
forte-1 and aria-1, and with three times those; the readout flips 0.5 % of all bits. Every method
runs as a training would run it, at equal total shots. Its error is the root of the mean square
over circuits, observables and repetitions; the planner's prediction is made for other circuits of
the same kind, as `qml plan` does. `auto` is right where the method it takes has the least measured
error of all, or one that is larger by a tenth at most.
"""

import argparse
import time
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

import numpy as np

from qml.backends.base import Backend
from qml.backends.noise import PUBLISHED
from qml.backends.registry import open_backend
from qml.circuits import Circuit, Gate, z
from qml.config import Config, validate
from qml.execution.direct import DirectRunner
from qml.execution.meter import UsageMeter
from qml.execution.mitigated import open_evaluator
from qml.mitigation.base import Noise
from qml.mitigation.error import Case
from qml.mitigation.settings import settings
from qml.planning.mitigation.candidates import FITS
from qml.planning.mitigation.choice import Choice
from qml.planning.mitigation.choose import plan_mitigation
from qml.testing.reference import expectations

OBSERVABLES = (z(0), z(1))
FLIPS = 0.005
METHODS = ("none", "readout", *(f"zne {fit}" for fit in FITS), "pec")


def layered(wires: int, layers: int, rng: np.random.Generator) -> Circuit:
    """Return random rotations and a chain of CNOTs, so often."""
    gates: list[Gate] = []
    for _ in range(layers):
        for wire in range(wires):
            gates += [Gate(name, (wire,), (rng.uniform(0, 3),)) for name in ("ry", "rz")]
        gates += [Gate("cnot", (w, w + 1)) for w in range(wires - 1)]
    return Circuit(wires, tuple(gates))


def configured(noise: Noise, shots: int, method: str) -> Config:
    """Return the configuration of a run."""
    name, _, fit = method.partition(" ")
    rates = {"depolarizing": noise.one_qubit, "depolarizing2": noise.two_qubit, "readout": FLIPS}
    return validate(
        {
            "backend": {"name": "aer", "shots": shots, "noise": rates, "threads": 1},
            "mitigation": {"method": name, **({"zne": {"fit": fit}} if fit else {})},
        }
    )


def planned(noise: Noise, circuits: Sequence[Circuit], shots: int) -> Choice:
    """Return what the planner says and chooses."""
    found = tuple(settings(OBSERVABLES))
    cases = [Case(circuits=tuple(s.of(c) for s in found), settings=found) for c in circuits]
    section = configured(noise, shots, "auto").mitigation
    return plan_mitigation(section, noise, cases, shots, price=lambda _: Decimal(0), spelled=True)


def measured(config: Config, backend: Backend, circuits: Sequence[Circuit], times: int) -> float:
    """Return the root of the mean squared error of expectations, as a run would have it."""
    truth = expectations(circuits, OBSERVABLES)
    squares = []
    for seed in range(times):
        runner = DirectRunner(backend, run=UUID(int=0), meter=UsageMeter())
        evaluator = open_evaluator(config, backend, runner, seed=seed)
        squares.append((evaluator.expectations(circuits, OBSERVABLES) - truth) ** 2)
    return float(np.sqrt(np.mean(squares)))


def label(method: str) -> str:
    """Return the planner's name of a method."""
    name, _, fit = method.partition(" ")
    return f"{name} ({fit})" if fit else name


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=20)
    parser.add_argument("--shots", default="1000,20000")
    parser.add_argument("--circuits", type=int, default=3)
    wanted = parser.parse_args()
    started = (time.process_time(), time.perf_counter())
    rng = np.random.default_rng(0)
    circuits = [layered(3, 4, rng) for _ in range(wanted.circuits)]
    others = [layered(3, 4, rng) for _ in range(wanted.circuits)]
    ratios, right, cells = [], 0, 0
    print(f"{'noise':<12}{'shots':>8}  {'method':<20}{'predicted':>10}{'measured':>10}{'ratio':>8}")
    for name in ("forte-1", "aria-1"):
        for times in (1, 3):
            rates = PUBLISHED[name]
            noise = Noise(times * rates.one_qubit, times * rates.two_qubit, FLIPS)
            for shots in map(int, wanted.shots.split(",")):
                choice = planned(noise, others, shots)
                told = {f.name: f.error.root for f in choice.forecasts if f.error is not None}
                seen = {}
                for method in METHODS:
                    config = configured(noise, shots, method)
                    backend = open_backend(config.backend)
                    seen[label(method)] = measured(config, backend, circuits, wanted.repetitions)
                    backend.close()
                for method, error in seen.items():
                    ratio = error / told[method]
                    ratios.append(ratio)
                    mark = " chosen" if method == choice.chosen.name else ""
                    print(
                        f"{f'{times} x {name}':<12}{shots:>8}  {method:<20}{told[method]:>10.4f}"
                        f"{error:>10.4f}{ratio:>8.2f}{mark}",
                        flush=True,
                    )
                cells += 1
                right += seen[choice.chosen.name] <= 1.1 * min(seen.values())
    within = np.mean([1 / 1.5 <= r <= 1.5 for r in ratios])
    print(f"measured / predicted: {min(ratios):.2f} to {max(ratios):.2f}, {within:.0%} within 1.5x")
    print(f"auto took the best method, or one within a tenth of it: {right} of {cells}")
    took = time.process_time() - started[0], time.perf_counter() - started[1]
    print(f"{took[0]:.0f} s of processor, {took[1]:.0f} s by the clock")


if __name__ == "__main__":
    main()
