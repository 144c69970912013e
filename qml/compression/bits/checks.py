"""What `bits` refuses before a model is loaded."""

from qml.algorithms.solvers.referee import read_options
from qml.compression.bits.allocation.searches import SOLVERS
from qml.compression.bits.lines import RIVALS
from qml.compression.prune.methods import NAMES
from qml.compression.round.solving import OWN as ROUND
from qml.compression.target import read_target
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError
from qml.plugins import load

_OWN = {"ilp": "exact"}
"""Solvers that go by another name in the core."""


def check(section: CompressSection) -> None:
    """Refuse settings before a model is loaded.

    Raises:
        ConfigError: A solver, a rival, an option or the target is not for `bits`.
    """
    _check_solver(section)
    for name in section.bits.rivals:
        _check_name("compress.bits.rivals", name, (*RIVALS, *SOLVERS))
    if len(set(section.bits.rivals)) < len(section.bits.rivals):
        raise ConfigError(f"compress.bits.rivals = {section.bits.rivals} names one twice")
    if section.bits.pairs == 1:
        raise ConfigError(
            "compress.bits.pairs = 1: one tensor makes no pair", hint="0 for none, or 2 and more"
        )
    _check_options(section)
    _check_target(section)


def _check_solver(section: CompressSection) -> None:
    """Refuse a solver that chooses no widths; the hint names the key of the method that has it."""
    name, others = section.solver, {"round": ROUND, "prune": NAMES}
    keys = [f"compress.{m}.solver" for m, has in others.items() if name in has]
    if name not in SOLVERS and keys:
        raise ConfigError(
            f"compress.solver = {name}: with bits it is what chooses widths",
            hint=f"--set {keys[0]}={name}; known here: {', '.join(SOLVERS)}",
        )
    _check_name("compress.solver", name, SOLVERS)


def _check_name(key: str, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        raise ConfigError(
            f"{key} = {name}: nothing of that name chooses widths",
            hint=f"known: {', '.join(known)}",
        )


def _check_options(section: CompressSection) -> None:
    if not section.solver_options:
        return
    name = section.solver
    if name == "greedy":
        raise ConfigError(
            "compress.solver_options: greedy has none here", hint="remove them, or another solver"
        )
    core = _OWN.get(name, name)
    read_options(name, load("solvers", core), section.solver_options)


def _check_target(section: CompressSection) -> None:
    target = read_target(section.target)
    if target.bpw is None and target.bytes is None and "prune" in section.methods:
        raise ConfigError(
            f"compress.target: {target.words()} is the share of zeros for prune; bits needs a size",
            hint=f"e.g. {target.words()},4.0bpw",
        )
