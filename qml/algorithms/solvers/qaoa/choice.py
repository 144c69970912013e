"""The angles that a run begins with, and often ends with."""

from qml.algorithms.solvers.qaoa.angles import Angles, fixed, linear_ramp
from qml.algorithms.solvers.qaoa.options import Options
from qml.algorithms.solvers.qaoa.spins import Spins
from qml.errors import ConfigError
from qml.problems import Arrays


def initial_angles(problem: Arrays, options: Options, mixer: str) -> Angles:
    """Return the angles of a table or of a ramp.

    The unit of gamma is the largest weight in spins; under Grover's mixer, which knows no spins, it
    is the spread of the energies.

    Raises:
        ConfigError: There is no table for the problem or the mixer.
    """
    spins = Spins.of(problem)
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
