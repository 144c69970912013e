"""`prune`: weights become zero, or whole heads and neurons go (`[compress.prune]`)."""

from qml.compression.bench import Bench, Step
from qml.compression.candidate import Candidate
from qml.compression.prune.scattered import scattered
from qml.compression.prune.settings import GATES, STRUCTURES, check_settings
from qml.compression.prune.structured import structured
from qml.config.sections.compress import CompressSection
from qml.errors import PlanError


def check(section: CompressSection) -> None:
    """Refuse what cannot be done; see `settings.check_settings`."""
    check_settings(section)


def compress(bench: Bench, base: Candidate) -> Step:
    """Prune single weights, or whole heads and neurons.

    Raises:
        PlanError: The pattern is not one of this model.
        InterruptedRunError: Somebody asked to stop before anything was done.
    """
    if bench.section.prune.pattern == GATES:
        raise PlanError(
            f"{bench.subject.name} has no gates: it is no model with a circuit",
            hint="its patterns: unstructured, N:M, heads, neurons; gates are for run:RUN",
        )
    if bench.section.prune.pattern in STRUCTURES:
        return structured(bench, base)
    return scattered(bench, base)
