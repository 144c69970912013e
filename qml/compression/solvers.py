"""Solvers that run on this machine: `qml compress` buys nothing."""

from qml.errors import ConfigError

LOCAL = (
    "annealing",
    "exact",
    "greedy",
    "local_search",
    "parallel_tempering",
    "path_integral",
    "qaoa",
    "tabu",
    "vqe",
)
"""Shipped solvers that need no machine of others: QAOA and VQE are simulated here."""


def check_local(key: str, name: str, known: tuple[str, ...] = LOCAL) -> None:
    """Refuse a solver that is unknown, or that may run on a machine that is paid for.

    Args:
        key: Where it is written, for the message.
        name: The solver.
        known: Names that are accepted.

    Raises:
        ConfigError: It is none of them.
    """
    if name not in known:
        raise ConfigError(
            f"{key}: solver `{name}` is none that qml compress runs on this machine",
            hint=f"known: {', '.join(known)}",
        )
