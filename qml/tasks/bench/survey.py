"""What a benchmark would do, cell by cell, and what it would buy; nothing is run."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from qml.benchmarking.base import Cell, Suite
from qml.config import Loaded
from qml.errors import QmlError
from qml.files import digest_json
from qml.planning.plan import Plan
from qml.planning.purchase import Purchase
from qml.session import World
from qml.tasks.bench import cache
from qml.tasks.bench.desk import job_of
from qml.tasks.bench.jobs import Job
from qml.tasks.bench.pricing import total
from qml.tasks.commands import command_named

State = Literal["cached", "run", "resume", "refused"]
STATES: tuple[State, ...] = ("cached", "run", "resume", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What would become of a cell.

    Attributes:
        cell: The cell.
        state: `cached` has its numbers, `resume` goes on with a run, `refused` cannot run.
        why: Why it would run although it ran before, or why it cannot.
        run_id: Its run, or None.
        plan: What it would buy at most; None where it is free.
    """

    cell: Cell
    state: State
    why: str = ""
    run_id: str | None = None
    plan: Plan | None = None

    def row(self) -> dict[str, Any]:
        """Return its row of `qml.bench-plan/1`."""
        return {
            **self.cell.place._asdict(),
            "role": self.cell.role,
            "verb": self.cell.verb,
            "state": self.state,
            "why": self.why,
            "run_id": self.run_id,
            "price": None if self.plan is None else _price(self.plan.purchase),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a benchmark would do.

    Attributes:
        suite: Its suite.
        cells: What would become of each cell.
        plan: What all of them would buy at most; None where nothing costs anything.
        backends: Backends that it would buy from.
    """

    suite: Suite
    cells: tuple[Planned, ...]
    plan: Plan | None
    backends: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.bench-plan/1`."""
        counts = {state: sum(c.state == state for c in self.cells) for state in STATES}
        return {
            "schema": "qml.bench-plan/1",
            "suite": {"name": self.suite.name, "title": self.suite.title},
            "cells": [planned.row() for planned in self.cells],
            "counts": counts,
            "cost": None if self.plan is None else _price(self.plan.purchase),
            "warnings": [] if self.plan is None else list(self.plan.warnings),
        }


def survey(suite: Suite, loaded: Loaded, world: World) -> Survey:
    """Look every cell up, and plan those that would buy.

    Cells that differ in their seed only are planned once.

    Raises:
        PlanError: Prices are in several currencies.
    """
    cells = tuple(_cells(suite, loaded, world))
    plans = [planned.plan for planned in cells if planned.plan is not None]
    return Survey(
        suite=suite,
        cells=cells,
        plan=total(plans) if plans else None,
        backends=tuple(dict.fromkeys(plan.backend for plan in plans)),
    )


def _cells(suite: Suite, loaded: Loaded, world: World) -> Iterator[Planned]:
    known: dict[str, Plan] = {}
    for number, cell in enumerate(suite.cells):
        try:
            job = job_of(number, cell, suite, loaded.config, loaded.root, None)
            entry = cache.find(job.cells, job.place, job.content)
            found = _looked_up(cell, entry, again=loaded.config.bench.fresh)
            if job.paid and found.state != "cached":
                found = replace(found, plan=_plan(job, loaded, world, known))
        except QmlError as error:
            found = Planned(cell=cell, state="refused", why=error.message)
        yield found


def _looked_up(cell: Cell, entry: cache.Entry, *, again: bool) -> Planned:
    if again:
        return Planned(cell=cell, state="run", why="everything is run anew: bench.fresh")
    state: State = "cached" if entry.finished else "resume" if entry.run_id else "run"
    why = entry.why or ("it never ran" if state == "run" else "")
    return Planned(cell=cell, state=state, why=why, run_id=entry.run_id)


def _plan(job: Job, loaded: Loaded, world: World, known: dict[str, Plan]) -> Plan:
    """Plan a cell, or take the plan of one that differs in its seed only."""
    settings = {k: v for k, v in job.content.settings.items() if k != "train.seed"}
    key = digest_json([job.verb, settings])
    if key not in known:
        own = replace(loaded, config=job.config)
        known[key] = command_named(job.verb).offer(own, world).plan
    return known[key]


def _price(purchase: Purchase) -> dict[str, str]:
    price: dict[str, str] = purchase.document()["price"]
    return {key: price[key] for key in ("low", "expected", "high", "currency")}
