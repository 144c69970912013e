"""Results of a task as they lie in S3: `results.json`, and files beside it for a program set.

Shapes: `braket.task_result.gate_model_task_result` and `program_set_task_result`, version 1. The
program that ran comes with them, so that a task can be read by whoever finds it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from qml.backends.base import Results
from qml.backends.braket.source import measured, size_of
from qml.backends.braket.translate import counts
from qml.errors import ProviderError
from qml.results.counts import Counts
from qml.results.usage import Usage

Load = Callable[[str], bytes]
"""Reads the object of a key."""


class Executed(NamedTuple):
    """One circuit that ran.

    Attributes:
        source: Its OpenQASM.
        outcome: Measurements or probabilities, and which qubits they are of.
        shots: How often it ran.
    """

    source: str
    outcome: Mapping[str, Any]
    shots: int


def read_results(document: bytes, load: Load) -> Results:
    """Read a task's results.

    Args:
        document: Content of `results.json`.
        load: Reads a file of a program set by its path beneath the results' folder.

    Raises:
        ProviderError: A circuit failed, or the document is not understood.
    """
    try:
        parsed = json.loads(document)
        found = list(_executed(parsed, load))
        tallies = tuple(_tally(e) for e in found)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise ProviderError(
            f"Amazon Braket's results are not understood: {error!r}",
            hint="they lie in the task's S3 folder; `qml jobs list` names the task",
        ) from error
    sizes = [size_of(e.source) for e in found]
    used = Usage(
        submissions=1,
        circuits=len(found),
        shots=sum(t.shots for t in tallies),
        one_qubit=sum(s.one_qubit for s in sizes),
        two_qubit=sum(s.two_qubit for s in sizes),
        seconds=_seconds(parsed),
    )
    return Results(counts=tallies, usage=used)


def _executed(parsed: Mapping[str, Any], load: Load) -> Iterator[Executed]:
    if "programResults" not in parsed:
        source = parsed["additionalMetadata"]["action"]["source"]
        yield Executed(source, parsed, int(parsed["taskMetadata"]["shots"]))
        return
    metadata = _inline(parsed["taskMetadata"], load)
    total = sum(len(p["executables"]) for p in metadata["programMetadata"])
    shots = int(metadata["requestedShots"]) // total
    for item in parsed["programResults"]:
        result = _inline(item, load)
        source = _inline(result["source"], load)["source"]
        for executable in result["executableResults"]:
            yield Executed(source, _succeeded(_inline(executable, load)), shots)


def _inline(item: Any, load: Load) -> Any:
    """Return a part of the results: it stands there itself, or the path of its file does."""
    return json.loads(load(item)) if isinstance(item, str) else item


def _succeeded(executable: Mapping[str, Any]) -> Mapping[str, Any]:
    failure = executable.get("failureMetadata")
    if failure is None:
        return executable
    raise ProviderError(
        f"a circuit of the program set failed: {failure.get('failureReason', 'no reason given')}",
        hint="AWS bills the shots of the others; set `backend.braket.program_sets = false` to run"
        " every circuit as a task of its own",
    )


def _tally(executed: Executed) -> Counts:
    outcome = executed.outcome
    bits = outcome.get("measurements") or _bits(outcome["measurementProbabilities"], executed.shots)
    return counts(bits, outcome["measuredQubits"], measured(executed.source))


def _bits(probabilities: Mapping[str, float], shots: int) -> list[list[int]]:
    """Turn relative frequencies back into shots; what rounding leaves goes to the largest rests."""
    keys = sorted(probabilities)
    exact = np.array([probabilities[k] for k in keys]) * shots
    times = np.floor(exact + 1e-6).astype(int)
    rest = np.argsort(times - exact, kind="stable")[: max(0, shots - int(times.sum()))]
    times[rest] += 1
    return [[int(b) for b in k] for k, n in zip(keys, times, strict=True) for _ in range(n)]


def _seconds(parsed: Mapping[str, Any]) -> float:
    """Return what a cloud simulator says it took; machines do not say."""
    metadata = parsed.get("additionalMetadata", {}).get("simulatorMetadata") or {}
    return float(metadata.get("executionDuration") or 0) / 1000
