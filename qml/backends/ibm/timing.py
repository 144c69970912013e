"""How long a machine is busy with a job: what IBM bills.

IBM estimates 2 s for a job, and the delay between shots plus the length of the circuit for every
shot (https://quantum.cloud.ibm.com/docs/guides/estimate-job-run-time, "usage").
Lengths are those of the compiled circuit on the latest calibration that is known here.
"""

from collections.abc import Sequence

from qml.backends.ibm.compiling import Compiler
from qml.backends.ibm.machines import Limits
from qml.circuits import Circuit

OVERHEAD = 2.0
"""Seconds that IBM counts for every job."""


def busy(compiler: Compiler, limits: Limits, circuits: Sequence[Circuit], shots: int) -> float:
    """Estimate the seconds that a job occupies a machine.

    Args:
        compiler: Of the machine.
        limits: Of the machine; they tell the delay between shots.
        circuits: Circuits of the job.
        shots: Shots of each.
    """
    once = sum(limits.delay + made.seconds for made in compiler.run(circuits))
    return round(OVERHEAD + shots * once, 3)
