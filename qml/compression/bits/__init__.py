"""`bits`: how many bits each tensor gets (`[compress.bits]`)."""

from qml.compression.bench import Bench, Entry, Step
from qml.compression.bits.uniform import uniform
from qml.compression.candidate import Candidate
from qml.config.sections.compress import CompressSection


def check(section: CompressSection) -> None:
    """Accept all settings that the section accepts."""


def compress(bench: Bench, base: Candidate) -> Step:
    """Give every tensor the widest format that the target allows for all of them."""
    entry = Entry(label="uniform", candidate=uniform(bench, base), rival=False)
    return Step(method="bits", entries=(entry,), chosen="uniform")
