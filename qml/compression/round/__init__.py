"""`round`: which way each weight is rounded (`[compress.round]`)."""

from qml.compression.bench import Bench, Step
from qml.compression.candidate import Candidate
from qml.compression.round.contest import contest
from qml.compression.round.layers import with_lattice
from qml.compression.round.solving import check_solver
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError, PlanError


def check(section: CompressSection) -> None:
    """Refuse settings before a model is loaded.

    Raises:
        ConfigError: A solver is unknown, or methods come in an order that makes no sense.
    """
    for name in dict.fromkeys([section.round.solver, *section.round.rivals]):
        check_solver(name, section.round)
    before = section.methods[: section.methods.index("round")]
    if "bits" not in before:
        raise ConfigError(
            "compress.methods: `round` chooses among the values of a grid, and `bits` makes it",
            hint='methods = ["bits", "round"], or --method bits,round',
        )
    if "distill" in before:
        raise ConfigError(
            "compress.methods: `round` after `distill` would undo what the training did",
            hint="put distill last",
        )


def compress(bench: Bench, base: Candidate) -> Step:
    """Round all units of a candidate again, towards the teacher's weights.

    Raises:
        PlanError: No unit of it is on a grid.
    """
    if not with_lattice(base):
        raise PlanError(
            "nothing is there to be rounded: no weight matrix is stored in integers",
            hint="a smaller target, so that `bits` quantises",
        )
    return contest(bench, base)
