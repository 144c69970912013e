"""Outcomes in the vendor's formats.

Version 1 has decimal keys, qubit 0 least significant. Version 2 has registers: bits in the order
of a register, and `output_all` with all qubits, qubit 0 first.
"""

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from qml.emulators.ionq.programs import Program
    from qml.emulators.ionq.simulate import Outcomes

PROBABILITIES_1 = "ionq.result.probabilities.json.v1"
PROBABILITIES_2 = "ionq.result.probabilities.json.v2"
HISTOGRAM_1 = "ionq.result.histogram.json.v1"
HISTOGRAM_2 = "ionq.result.histogram.json.v2"
SHOTS_1 = "ionq.result.shots.json.v1"
SHOTS_2 = "ionq.result.shots.json.v2"
AGGREGATE = "ionq.result.probabilities-aggregate.json.v1"

EXACT = (PROBABILITIES_1, PROBABILITIES_2)
SAMPLED = (*EXACT, HISTOGRAM_1, HISTOGRAM_2, SHOTS_1, SHOTS_2)

_LEGACY = {"probabilities": PROBABILITIES_1, "histogram": HISTOGRAM_1, "shots": SHOTS_1}


def artifact_id(job_id: str, name: str) -> str:
    """Return the id of one artifact of a job."""
    return str(uuid.uuid5(uuid.UUID(job_id), name))


def descriptors(job_id: str, formats: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Return what a job's `results` say: the specification's shape and the clients' older one."""
    shown = {name: _descriptor(job_id, name) for name in formats}
    base = f"/v0.4/jobs/{job_id}/results"
    if formats == (AGGREGATE,):
        url = {"url": f"{base}/probabilities/aggregated"}
        return {"probabilities": _descriptor(job_id, AGGREGATE) | url} | shown
    old = {
        key: _descriptor(job_id, name) | {"url": f"{base}/{key}"}
        for key, name in _LEGACY.items()
        if name in formats
    }
    return old | shown


def payload(name: str, outcomes: "Outcomes", program: "Program", seed: list[int]) -> Any:
    """Return outcomes in a format.

    Args:
        name: The format.
        outcomes: Outcomes of one circuit; sampled ones for histograms and shots.
        program: The circuit.
        seed: Seed of the order of the shots.
    """
    if name == PROBABILITIES_1:
        return {str(key): value for key, value in outcomes.probabilities.items()}
    if name == HISTOGRAM_1:
        shots = outcomes.shots or 0
        return {str(k): round(p * shots) for k, p in outcomes.probabilities.items()}
    if name == PROBABILITIES_2:
        return {"probabilities": {"registers": _by_register(outcomes, program, outcomes.shots)}}
    if name == HISTOGRAM_2:
        return {"histogram": {"registers": _by_register(outcomes, program, None)}}
    order = _order(outcomes, seed)
    if name == SHOTS_1:
        return [str(qubits) for qubits, _ in order]
    return {"shots": [{"registers": _registers(shot, program)} for shot in order]}


def _descriptor(job_id: str, name: str) -> dict[str, str]:
    return {"id": artifact_id(job_id, name), "format": name, "media_type": "application/json"}


def _order(outcomes: "Outcomes", seed: list[int]) -> list[tuple[int, int]]:
    """Return the shots one by one, in a random order."""
    listed = [outcome for outcome, times in outcomes.weights.items() for _ in range(int(times))]
    places = np.random.default_rng([*seed, 1]).permutation(len(listed))
    return [listed[place] for place in places]


def _registers(outcome: tuple[int, int], program: "Program") -> dict[str, list[int]]:
    qubits, bits = outcome
    found, first = {}, 0
    for name, size in program.registers.items():
        found[name] = [bits >> (first + i) & 1 for i in range(size)]
        first += size
    return found | {"output_all": [qubits >> i & 1 for i in range(program.qubits)]}


def _by_register(
    outcomes: "Outcomes", program: "Program", shots: int | None
) -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for outcome, weight in outcomes.weights.items():
        for name, bits in _registers(outcome, program).items():
            word, home = "".join(map(str, bits)), found.setdefault(name, {})
            home[word] = home.get(word, 0) + weight
    if shots is None:
        return found
    return {name: {w: n / shots for w, n in home.items()} for name, home in found.items()}
