"""How many circuits a method runs in place of one, and how they share its shots."""

from typing import NamedTuple

from qml.config.sections import MitigationSection


class Share(NamedTuple):
    """How an expectation is measured.

    Attributes:
        circuits: Circuits in place of one.
        shots: Shots of each.
    """

    circuits: int
    shots: int


def share(section: MitigationSection, shots: int) -> Share:
    """Return circuits and shots of one expectation of `shots` without mitigation."""
    variants = variants_of(section)
    return Share(variants, shots_each(shots, section.overhead, variants))


def shots_each(shots: int, overhead: float, variants: int) -> int:
    """Return the shots of each variant, which share those of an expectation."""
    return max(1, round(shots * overhead / variants))


def variants_of(section: MitigationSection) -> int:
    """Return how many circuits a method runs in place of one; 1 while `auto` is not resolved."""
    match section.method:
        case "zne":
            return len(section.zne.factors)
        case "pec":
            return section.pec.circuits
        case _:
            return 1


def needs_native(method: str) -> bool:
    """Whether a method changes circuits gate by gate, which no compiler may undo."""
    return method in {"zne", "pec"}


def needs_calibration(section: MitigationSection) -> bool:
    """Whether confusion matrices are needed."""
    beside = section.readout.beside and section.method in {"zne", "pec"}
    return section.method == "readout" or beside
