"""What is refused before a model is loaded."""

from pathlib import Path

from qml.config import Config
from qml.errors import ConfigError
from qml.session import World
from qml.tasks.compress.circuit.source import model_run

METHODS = (["prune"], ["prune", "distill"])
PATTERNS = frozenset({"unstructured", "gates"})


def check_all(config: Config, root: Path, world: World) -> None:
    """Refuse bad input.

    Raises:
        ConfigError: A setting makes no sense for a model that qml trained.
        RunError: There is no such run, or its model cannot be pruned.
        PluginError: The solver or the machine of the price is unknown.
    """
    from qml.plugins import check as check_plugin

    section = config.compress
    if section.methods not in METHODS:
        raise ConfigError(
            f"compress.methods: a model that qml trained is pruned, not {section.methods}",
            hint="--method prune, or prune,distill to train what is left for a while",
        )
    if section.prune.pattern not in PATTERNS:
        raise ConfigError(
            f"compress.prune.pattern: `{section.prune.pattern}` is no pattern of a circuit",
            hint="unstructured for gates and classical weights, gates for gates alone",
        )
    if section.export != "none":
        raise ConfigError(
            f"compress.export: a circuit has no `{section.export}` file",
            hint="leave --export out: the model is kept in the run, and `qml predict` answers",
        )
    share_of(config)
    if section.solver != "ilp":
        check_plugin("solvers", section.solver)
    model_run(config, root)
    _check_price(config, world)


def share_of(config: Config) -> float:
    """Return the share of each kind that goes.

    Raises:
        ConfigError: The target is no share.
    """
    from qml.compression.target import read_target

    target = read_target(config.compress.target)
    if target.share is None or target.bpw is not None or target.bytes is not None:
        raise ConfigError(
            f"compress.target: `{config.compress.target}` is no share of gates and weights",
            hint="--target 30% takes 30 % of the two-qubit gates, of the trained rotations and of"
            " the classical weights out",
        )
    return target.share


def _check_price(config: Config, world: World) -> None:
    """Refuse a machine that is unknown or has no tariff."""
    from qml.tasks.compress.circuit.prices import priced_config
    from qml.tasks.site import open_site

    with open_site(priced_config(config), world):
        pass
