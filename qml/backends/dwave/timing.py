"""How long a machine works on a problem: D-Wave's own formula, with its published timing."""

from functools import cache

from dwave.cloud.solver import StructuredSolver
from dwave.cloud.testing.mocks import qpu_problem_timing_data, structured_solver_data

MICRO = 1e-6
CHAIN_GROWTH = 12
"""A complete graph of n variables needs chains of about n / 12 + 1 qubits on Pegasus."""


def access_seconds(
    machine: StructuredSolver | None, *, qubits: int, reads: int, annealing_time: float | None
) -> float:
    """Return the estimate of the access time that is billed (seconds).

    Args:
        machine: The machine as D-Wave describes it; with None the timing of an Advantage 4.1 of
            August 2022 stands in, which the vendor's client carries.
        qubits: Qubits that the problem uses.
        reads: Number of reads.
        annealing_time: Time of one anneal (microseconds), or None for the machine's default.
    """
    solver = _typical() if machine is None else machine
    more = {} if annealing_time is None else {"annealing_time": annealing_time}
    return MICRO * float(solver.estimate_qpu_access_time(qubits, num_reads=reads, **more))


def qubits_of(variables: int) -> int:
    """Estimate the qubits of a dense problem, before it is laid on a machine."""
    return variables * (variables // CHAIN_GROWTH + 1)


@cache
def _typical() -> StructuredSolver:
    timing = {"problem_timing_data": qpu_problem_timing_data()}
    return StructuredSolver(client=None, data=structured_solver_data(**timing))
