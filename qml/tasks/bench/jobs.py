"""A cell as a piece of work that any process can carry out: what goes in, what comes out."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from qml.config import Config
from qml.tasks.bench.cache import Cells
from qml.tasks.bench.content import Content

State = Literal["ran", "cached", "skipped", "failed", "interrupted", "budget"]

BORN = "born"
"""What a cell tells: the run that it has, before anything is bought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A cell to carry out.

    Attributes:
        number: Its place in the table.
        place: Where it stands in the matrix, as text.
        verb: Command that carries it out.
        config: Its configuration.
        content: What decides its outcome.
        parent: Id of the benchmark's run.
        cells: Where finished cells are looked up.
        shared: Where others look them up, where `cells` is the benchmark's own.
        paid: Whether it may cost money.
        most: Most that it may cost; no cap of its own where None.
    """

    number: int
    place: str
    verb: str
    config: Config
    content: Content
    parent: str
    cells: Cells
    shared: Path
    paid: bool = False
    most: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How a cell ended.

    Attributes:
        state: `interrupted` and `budget` cells can go on; the others are over.
        run_id: Its run, or None where none was made.
        why: Why it ran although it had run before, or why it has no numbers.
        seconds: How long it took in this session.
        exit_code: Of the error that ended it.
    """

    state: State
    run_id: str | None = None
    why: str = ""
    seconds: float = 0.0
    exit_code: int = 0
