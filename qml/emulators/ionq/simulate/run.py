"""Choose how a program is run."""

import numpy as np
from numpy.typing import NDArray

from qml.backends.noise import Rates
from qml.emulators.ionq.programs import Program
from qml.emulators.ionq.simulate.dense import apply, ground, probabilities
from qml.emulators.ionq.simulate.density import noisy_distribution
from qml.emulators.ionq.simulate.dynamic import exact_dynamic, sample_dynamic
from qml.emulators.ionq.simulate.outcomes import Outcomes, from_array
from qml.emulators.ionq.simulate.trajectories import (
    draw_errors,
    error_probability,
    sample_patterns,
)

_SMALL = 64
_MOST_DENSITY_QUBITS = 10


def run(program: Program, rates: Rates | None, shots: int, seed: list[int]) -> Outcomes:
    """Run a program; qubits that nothing acts on cost nothing.

    Args:
        program: What to run.
        rates: Noise, or None for exact probabilities.
        shots: How often to sample under noise.
        seed: Seed of the sampling; the same arguments give the same outcomes.
    """
    small = program.compact()
    outcomes = _run(small, rates, shots, seed)
    return outcomes if small is program else outcomes.spread(program.active)


def _run(program: Program, rates: Rates | None, shots: int, seed: list[int]) -> Outcomes:
    if rates is None:
        if program.dynamic:
            return exact_dynamic(program)
        return from_array(_ideal(program), program, None)
    random = np.random.default_rng(seed)
    if program.dynamic:
        return sample_dynamic(program, rates, shots, random)
    return from_array(_sampled(program, rates, shots, random), program, shots)


def _ideal(program: Program) -> NDArray[np.float64]:
    state = ground(1, program.qubits)
    for step in program.unitaries:
        state = apply(state, step.matrix, step.wires, program.qubits)
    weights = probabilities(state)[0]
    return np.asarray(weights / weights.sum())


def _sampled(
    program: Program, rates: Rates, shots: int, random: np.random.Generator
) -> NDArray[np.float64]:
    """Take the density matrix where it is the smaller work: few qubits, or many errors."""
    places = [place for step in program.unitaries for place in step.places]
    erroneous = shots * error_probability(places, rates)
    if program.qubits <= _MOST_DENSITY_QUBITS and 1 << program.qubits <= max(_SMALL, erroneous):
        exact = noisy_distribution(program, rates)
        return random.multinomial(shots, exact).astype(np.float64)
    patterns, counts = draw_errors(places, rates, shots, random)
    return sample_patterns(program, patterns, counts, random).astype(np.float64)
