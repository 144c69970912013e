"""Suites, and the cells that they are made of.

A suite is a matrix of model, data, backend and seed. It says which cells there are and what they
are judged by; it runs nothing. A cell is a run of a command, with a manifest of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any, Literal, NamedTuple, Protocol

Role = Literal["quantum", "twin", "classical", "peer", "vendor"]
"""What a column is: a quantum model, the same without entanglement, a rival, another's program."""


class Place(NamedTuple):
    """Where a cell stands in the matrix.

    Attributes:
        suite: Name of the suite.
        model: The column.
        data: The row: a data set, an instance, a circuit.
        backend: Where circuits run; `-` where none do.
        seed: Root seed of the cell.
    """

    suite: str
    model: str
    data: str
    backend: str
    seed: int

    def __str__(self) -> str:
        """Return it as a path, e.g. `kernels/iqp/linearly_separable_4d/jax/0`."""
        return "/".join(map(str, self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One run of the matrix.

    Attributes:
        place: Where it stands.
        role: What its column is.
        verb: Command that carries it out: `train`, `sample`, `rival` or `measure`.
        settings: Values by dotted key of qml.toml, put upon the base of the suite.
        alone: Whether nothing may run beside it, since it measures time.
        expected: Numbers that others published, by metric of the outcome.
    """

    place: Place
    role: Role
    verb: str
    settings: Mapping[str, Any]
    alone: bool = False
    expected: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """What cells are judged by.

    Attributes:
        key: Key of the outcome's `metrics`.
        title: What it is called in tables.
        better: Whether more or less of it is better.
        unit: Its unit, or nothing.
        paired: What the test pairs: the answers to the same test `rows`, or whole `cells`.
        ends: The least and the largest value that it can have; intervals stay within.
    """

    key: str
    title: str
    better: Literal["more", "less"]
    unit: str = ""
    paired: Literal["rows", "cells"] = "cells"
    ends: tuple[float, float] = (-inf, inf)

    def document(self) -> dict[str, str]:
        """Return it as `qml.bench/1` has it."""
        keys = ("key", "title", "better", "unit", "paired")
        return {key: getattr(self, key) for key in keys}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A matrix, and what it is judged by.

    Attributes:
        name: Its registered name.
        title: One line for people.
        metric: What decides.
        cells: All cells, in the order of the table; lazily, since there may be very many.
        base: What `settings` are put upon: `defaults`, or the user's `project`.
        also: Further metrics for the table, which decide nothing.
        notes: What a reader should know.
    """

    name: str
    title: str
    metric: Metric
    cells: Sequence[Cell]
    base: Literal["defaults", "project"] = "defaults"
    also: tuple[Metric, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person asked for; empty tuples stand for all that a suite has.

    Attributes:
        models: Columns.
        data: Rows.
        backends: Backends; that of the project where empty.
        seeds: Root seeds, one repetition each.
        project: Configuration document of the project.
    """

    models: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    backends: tuple[str, ...] = ()
    seeds: tuple[int, ...] = (0,)
    project: Mapping[str, Any] = field(default_factory=dict)


class SuiteFamily(Protocol):
    """The entry point of a suite: a module or an object with one function."""

    def build(self, wanted: Wanted) -> Suite:
        """Return the suite, restricted to what is wanted.

        Raises:
            UsageError: It has no such model or data.
        """
        ...
