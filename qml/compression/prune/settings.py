"""What `[compress.prune]` and the target ask for, checked before a model is loaded."""

from qml.compression.prune.methods import NAMES, PRUNERS
from qml.compression.prune.problem import Pattern
from qml.compression.prune.structured_methods import CUTS
from qml.compression.solvers import LOCAL, check_local
from qml.compression.target import read_target
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError

STRUCTURES = ("heads", "neurons")
GATES = "gates"
_EARLY = ("bits", "round", "distill")


def check_settings(section: CompressSection) -> None:
    """Refuse what cannot be done.

    Raises:
        ConfigError: A name is unknown, the share is missing or is not that of the pattern, a time
            is given, or what is quantised would be pruned.
    """
    share_of(section)
    settings = section.prune
    for key, name in [("solver", settings.solver), *(("rivals", r) for r in settings.rivals)]:
        if name not in NAMES:
            raise ConfigError(
                f"compress.prune.{key}: there is no `{name}`",
                hint=f"there are: {', '.join(NAMES)}{_elsewhere(name)}",
            )
    able = ways_of(section)
    if settings.solver not in able:
        raise ConfigError(
            f"compress.prune.solver: {settings.solver} has no pattern {settings.pattern}",
            hint=f"these have: {', '.join(able)}",
        )
    for solver in settings.block_solvers:
        check_local("compress.prune.block_solvers", solver)
    _check_time(section)
    early = [m for m in section.methods[: section.methods.index("prune")] if m in _EARLY]
    if early:
        raise ConfigError(
            f"compress.methods: `prune` after `{early[0]}` would undo it",
            hint="prune first: --method prune,bits or prune,distill; zeros stay zero",
        )


def _elsewhere(name: str) -> str:
    return f"; compress.prune.block_solvers takes {name}" if name in LOCAL else ""


def _check_time(section: CompressSection) -> None:
    """Refuse a time: masks are counted out, not searched for until it is up."""
    if section.seconds is not None:
        raise ConfigError(
            "compress.seconds (--budget) has no effect on `prune`, so that it is refused with it",
            hint="fewer compress.prune.tokens or compress.prune.rivals take less time;"
            " compress.bits.evaluations limits bits",
        )


def ways_of(section: CompressSection) -> tuple[str, ...]:
    """Return the names of the ways that have the pattern."""
    if section.prune.pattern in STRUCTURES:
        return tuple(CUTS)
    return NAMES if section.prune.pattern == "unstructured" else tuple(PRUNERS)


def pattern_of(section: CompressSection) -> Pattern | None:
    """Return (N, M) where the pattern is N:M."""
    kept, colon, size = section.prune.pattern.partition(":")
    return (int(kept), int(size)) if colon else None


def share_of(section: CompressSection) -> float:
    """Return the share of weights (heads, neurons) to be removed.

    Raises:
        ConfigError: It is missing, or not that of the pattern.
    """
    share, pattern = read_target(section.target).share, pattern_of(section)
    if pattern is None:
        if share is None:
            raise ConfigError(
                f"compress.target = `{section.target}` names no share of zeros, as `prune` needs",
                hint="--target 50%, or 50%,4.0bpw with bits",
            )
        return share
    kept, size = pattern
    if kept >= size:
        raise ConfigError(f"compress.prune.pattern = `{kept}:{size}` removes nothing")
    if share is not None and round(share * size, 9) != size - kept:
        raise ConfigError(
            f"compress.prune.pattern = `{kept}:{size}` makes {100 * (1 - kept / size):g}% zeros,"
            f" the target says {100 * share:g}%",
            hint="leave the share out, or make them agree",
        )
    return 1 - kept / size
