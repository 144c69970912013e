"""What D-Wave tells of problems and machines, in qml's terms."""

from typing import Any

import dimod
import numpy as np
from dwave.cloud.api.models import ProblemStatus
from dwave.cloud.solver import StructuredSolver

from qml.backends.base import Results
from qml.backends.remote import Listed, Machine, Phase
from qml.results.counts import Counts
from qml.results.usage import Usage

MICRO = 1e-6
_PHASES = {
    "PENDING": Phase.QUEUED,
    "IN_PROGRESS": Phase.RUNNING,
    "COMPLETED": Phase.DONE,
    "FAILED": Phase.FAILED,
    "CANCELLED": Phase.CANCELLED,
}


def phase(status: ProblemStatus) -> Phase:
    """Translate where a problem stands."""
    return _PHASES[status.status.value]


def listed(status: ProblemStatus) -> Listed:
    """Translate a row of the account's list."""
    return Listed(
        id=status.id,
        key=status.label,
        phase=phase(status),
        submitted=status.submitted_on.timestamp(),
    )


def results(answer: dict[str, Any]) -> Results:
    """Turn a decoded answer into counts of the qubits in use, ascending."""
    qubits = list(answer["active_variables"])
    solutions = np.asarray(answer["solutions"])
    order = np.argsort(qubits)
    columns = solutions if solutions.shape[1] == len(qubits) else solutions[:, qubits]
    bits = (columns[:, order] < 0).astype(np.int8)
    times = answer.get("num_occurrences")
    rows = bits if times is None else np.repeat(bits, times, axis=0)
    counts = Counts.from_samples(rows)
    seconds = MICRO * float(answer.get("timing", {}).get("qpu_access_time", 0.0))
    used = Usage(submissions=1, circuits=1, shots=counts.shots, seconds=seconds)
    return Results(counts=(counts,), usage=used)


def hybrid_results(found: dimod.SampleSet) -> Results:
    """Turn samples of a hybrid solver into counts of the variables, ascending."""
    order = np.argsort(list(found.variables))
    spins = np.asarray(found.change_vartype(dimod.SPIN, inplace=False).record.sample)[:, order]
    rows = np.repeat(((1 - spins) // 2).astype(np.int8), found.record.num_occurrences, axis=0)
    counts = Counts.from_samples(rows)
    seconds = MICRO * float(found.info.get("run_time", 0.0))
    used = Usage(submissions=1, circuits=1, shots=counts.shots, seconds=seconds)
    return Results(counts=(counts,), usage=used)


def machine(found: StructuredSolver) -> Machine:
    """Translate the description of a machine."""
    facts = {"qubits": len(found.nodes), "graph": found.graph_id, "load": found.avg_load}
    return Machine(available=bool(found.online), detail=facts)
