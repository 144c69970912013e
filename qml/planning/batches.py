"""What goes out together: each submission is priced on its own, so their number matters."""

from qml.algorithms.gradients import GradientFamily
from qml.algorithms.models import VariationalModel
from qml.algorithms.training.kernel import CHUNK as OVERLAPS
from qml.algorithms.training.predict import CHUNK as ROWS
from qml.config.sections import TrainSection
from qml.planning.purchase import Batch


def step_batches(
    family: GradientFamily,
    model: VariationalModel,
    section: TrainSection,
    *,
    rows: int,
    bases: int,
    times: int,
    what: str,
) -> list[Batch]:
    """Return what so many steps on so many rows submit.

    A step is one submission, unless the gradient method tells of several by a function
    `submissions(model, section, rows) -> tuple[int, ...]`, the circuits of each.
    """
    tell = getattr(family, "submissions", None)
    parts = tell(model, section, rows) if tell else (family.circuits(model, section, rows),)
    return [Batch(times, bases * circuits, what) for circuits in parts if circuits and times]


def row_batches(times: int, rows: int, bases: int, what: str) -> list[Batch]:
    """Return how rows are evaluated: in chunks."""
    return _chunks(times, rows, ROWS, bases, what)


def overlap_batches(overlaps: int, what: str) -> list[Batch]:
    """Return how overlaps of states are measured: in chunks."""
    return _chunks(1, overlaps, OVERLAPS, 1, what)


def _chunks(times: int, number: int, most: int, each: int, what: str) -> list[Batch]:
    full, rest = divmod(number, most)
    found = [Batch(times * full, most * each, what)] if full else []
    return found + ([Batch(times, rest * each, what)] if rest else [])
