"""`qml ci report`: what the steps of a pipeline left behind, in one document."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from qml.errors import UsageError

State = Literal["passed", "warned", "failed", "missing"]
Document = dict[str, Any]
TROUBLE = ("failed", "warned")
"""States of a check that a comment tells about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one step of the pipeline came to.

    Attributes:
        name: `plan`, `unit`, `noise`, `bench`, `rehearsal` or `hardware`.
        state: How it ended; `missing` where it left nothing behind.
        told: One sentence.
        details: Lines below it: what failed or warned, and what to do.
        markdown: Text that the step wrote for a comment, as it is.
    """

    name: str
    state: State
    told: str
    details: tuple[str, ...] = ()
    markdown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A pipeline as a whole.

    Attributes:
        steps: In their order.
        spent: Money that vendors billed, as a decimal string.
        rehearsed: Play money that the emulator billed.
        currency: Of both.
    """

    steps: tuple[Step, ...]
    spent: str
    rehearsed: str
    currency: str

    def document(self) -> Document:
        """Return the JSON document `qml.ci-report/1`."""
        steps = [{**asdict(step), "details": list(step.details)} for step in self.steps]
        return {"schema": "qml.ci-report/1", **asdict(self), "steps": steps}


def report(folder: Path) -> Report:
    """Read what is there.

    Args:
        folder: What the steps write into, `ci-out` by default.

    Raises:
        UsageError: There is no such folder, or a document in it cannot be read.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", hint="run a step first: sh ci/2-unit.sh")
    bills = [_read(folder / f"{name}-costs.json") for name in ("hardware", "rehearsal")]
    spent, rehearsed = ("0.00" if bill is None else _total(bill) for bill in bills)
    currency = next((bill["currency"] for bill in bills if bill is not None), "USD")
    return Report(steps=tuple(_steps(folder)), spent=spent, rehearsed=rehearsed, currency=currency)


def _steps(folder: Path) -> Iterator[Step]:
    for name, told in _READERS.items():
        document = _read(folder / f"{name}.json")
        planned = _read(folder / f"{name}-plan.json")
        if document is not None:
            yield told(name, document, folder)
        elif planned is not None:  # a machine without an emulator is planned, not rehearsed
            yield _plan(name, planned, folder)
        elif name != "hardware":  # it runs only where somebody asked for it
            yield Step(name=name, state="missing", told="this step did not end")


def _plan(name: str, document: Document, folder: Path) -> Step:
    del folder
    cost = document["cost"]
    price = f"{cost['expected']} {cost['currency']}"
    return Step(
        name=name,
        state="passed",
        told=f"planned: {document['circuits']:,} circuits on `{document['backend']}` for {price}",
    )


def _test(name: str, document: Document, folder: Path) -> Step:
    del folder
    checks = [c for c in document["checks"] if c["state"] in TROUBLE]
    cases = [c for c in document["own"]["cases"] if c["state"] == "failed"]
    state: State = "failed" if document["failed"] else "warned" if checks else "passed"
    return Step(
        name=name,
        state=state,
        told=document["verdict"],
        details=(
            *(f"{c['title']} {c['state']}: {c['why']} {c['advice']}".rstrip() for c in checks),
            *(f"test failed: {c['name']}" for c in cases),
        ),
    )


def _bench(name: str, document: Document, folder: Path) -> Step:
    text = folder / "bench.md"
    if document["schema"] == "qml.bench-against/1":
        passed = document["passed"]
    else:
        passed = document["stopped"]["exit_code"] == 0
    return Step(
        name=name,
        state="passed" if passed else "failed",
        told=document["verdict"],
        markdown=text.read_text(encoding="utf-8") if text.exists() else "",
    )


def _answers(name: str, document: Document, folder: Path) -> Step:
    del folder
    right = f"{document['accuracy']:.0%}" if document["accuracy"] is not None else "unknown"
    low, high = document["accuracy_ci"] or (0.0, 1.0)
    told = f"{document['input']}: {right} right (95 % interval {low:.0%} to {high:.0%})"
    return Step(name=name, state="passed", told=told)


_READERS: dict[str, Callable[[str, Document, Path], Step]] = {
    "plan": _plan,
    "unit": _test,
    "noise": _test,
    "bench": _bench,
    "rehearsal": _answers,
    "hardware": _answers,
}


def _total(bill: Document) -> str:
    return f"{Decimal(bill['settled']) + Decimal(bill['reserved']):.2f}"


def _read(path: Path) -> Document | None:
    """Return a document; None where it is missing, or its step failed before it had one."""
    if not path.exists() or not path.stat().st_size:
        return None
    try:
        found: Document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(f"{path} is no JSON document: {error}") from error
    return None if found.get("schema") == "qml.error/1" else found
