"""The angles that a run begins with, and often ends with."""

from qml.algorithms.solvers.qaoa.angles import Angles, fixed, linear_ramp
from qml.algorithms.solvers.qaoa.options import Options
from qml.algorithms.solvers.qaoa.spins import Spins
from qml.errors import ConfigError, PlanError
from qml.problems import Arrays
from qml.problems.penalty import penalised
from qml.problems.slack import with_slack


def initial_angles(problem: Arrays, options: Options, mixer: str) -> Angles:
    """Return the angles of a table or of a ramp.

    The unit of gamma is the largest weight in spins of what the phases are made of; under Grover's
    mixer, which knows no spins, it is the spread of the energies.

    Raises:
        ConfigError: There is no table for the problem or the mixer.
    """
    spins = phase_spins(problem, options, mixer)
    if options.angles == "fixed":
        if mixer != "x":
            raise ConfigError(
                f"fixed angles belong to the x mixer, not to {mixer}",
                hint="angles = 'linear_ramp' or 'optimise'",
            )
        return fixed(options.layers, spins)
    return linear_ramp(
        options.layers,
        delta_beta=options.delta_beta,
        delta_gamma=options.delta_gamma,
        scale=spins.spread if mixer == "grover" else spins.scale,
    )


def phase_spins(problem: Arrays, options: Options, mixer: str) -> Spins:
    """Return the spins whose energy the phases follow: with penalties under the x mixer.

    A wide constraint has no penalty over two spins at a time; its weights are then those of the
    same problem with slack bits, as far as they concern the variables.
    """
    if mixer != "x" or not problem.constrained:
        return Spins.of(problem)
    try:
        return Spins.of(penalised(problem, options.penalty))
    except PlanError:
        n, whole = problem.size, Spins.of(penalised(with_slack(problem), options.penalty))
        return Spins(whole.fields[:n], whole.couplings[:n, :n], whole.offset)
