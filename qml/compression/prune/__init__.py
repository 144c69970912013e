"""`prune`: weights become zero, or whole heads and neurons go (`[compress.prune]`)."""

from qml.compression.bench import Bench, Step
from qml.compression.candidate import Candidate
from qml.compression.prune.scattered import scattered
from qml.compression.prune.settings import check_settings
from qml.config.sections.compress import CompressSection


def check(section: CompressSection) -> None:
    """Refuse what cannot be done; see `settings.check_settings`."""
    check_settings(section)


def compress(bench: Bench, base: Candidate) -> Step:
    """Prune."""
    return scattered(bench, base)
