"""The gate: which changes are called, which cells were lost, what could not be compared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from qml.benchmarking.regression.change import Both, Change, State, change
from qml.benchmarking.regression.measures import Document, Measure, Row, measures_of, nature
from qml.errors import UsageError
from qml.results.tests import holm

FALSE_ALARMS = 0.01
"""Chance that a comparison of equals calls even one change."""
Place = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What became of a comparison.

    Attributes:
        changes: Every measure of every column, over all data and on each data set.
        lost: Cells that had numbers in the baseline and now failed or were skipped, and why.
        missing: Cells of the baseline that are not in the benchmark, or are open.
        new: Cells that the baseline has not.
        apart: What could not be compared, and why.
    """

    changes: tuple[Change, ...]
    lost: tuple[str, ...]
    missing: tuple[str, ...]
    new: tuple[str, ...]
    apart: tuple[str, ...]

    def called(self, state: State) -> list[Change]:
        """Return the changes that are called so."""
        return [found for found in self.changes if found.state == state]

    @property
    def passed(self) -> bool:
        """Whether nothing got worse and nothing was lost."""
        return not self.lost and not self.called("worse")


def hold(baseline: Document, now: Document, thresholds: Mapping[str, float]) -> Gate:
    """Hold a benchmark against an earlier one.

    A change is called where it exceeds its threshold and, if the number is random, is also more
    than noise after Holm's correction over all tests.

    Args:
        baseline: An earlier `qml.bench/1`.
        now: The later one.
        thresholds: Share of the baseline by title of the measure; "" for all others.

    Raises:
        UsageError: They are of different suites, or share no cell with a number.
    """
    _check(baseline, now)
    before, after = _by_place(baseline), _by_place(now)
    common = {p: Both(before[p], after[p]) for p in after if p in before}
    both = {p: b for p, b in common.items() if _done(b.before) and _done(b.now)}
    if not both:
        raise UsageError("the two benchmarks have no cell with numbers in common")
    apart: list[str] = []
    same = bool(now.get("machine")) and baseline.get("machine") == now.get("machine")
    changes = list(_changes(now, both, apart, same_machine=same))
    gone = [b.now for b in common.values() if _done(b.before) and not _done(b.now)]
    lost = [c for c in gone if c["state"] != "open"]
    return Gate(
        changes=tuple(_called(changes, thresholds)),
        lost=tuple(f"{_words(c)}: {c['state']}, {c['why']}" for c in lost),
        missing=tuple(
            _words(c)
            for p, c in before.items()
            if p not in after or (_done(c) and after[p]["state"] == "open")
        ),
        new=tuple(_words(c) for p, c in after.items() if p not in before),
        apart=tuple(dict.fromkeys(apart)),
    )


def _check(baseline: Document, now: Document) -> None:
    first, second = (document["suite"]["name"] for document in (baseline, now))
    if first != second:
        raise UsageError(
            f"the baseline is of suite `{first}`, this benchmark of `{second}`",
            hint=f"qml bench --suite {first} --against BASELINE",
        )


def _changes(
    now: Document,
    both: Mapping[Place, Both],
    apart: list[str],
    *,
    same_machine: bool,
) -> Iterator[Change]:
    columns: dict[tuple[str, str], list[Both]] = {}
    for place, cell in both.items():
        columns.setdefault((place[0], place[2]), []).append(cell)
    several = len({backend for _, backend in columns}) > 2  # noqa: PLR2004 - one, and none
    for (model, backend), cells in columns.items():
        name = f"{model} on {backend}" if several else model
        for measure in measures_of(now, cells[0].now["role"]):
            known = [c for c in cells if all(measure.value(side) is not None for side in c)]
            if not known:
                continue
            if measure.seconds and not same_machine:
                apart.append(f"{measure.title}: the machines differ, or one is not known")
                continue
            yield from _levels(name, measure, known, now["suite"]["metric"]["paired"])


def _levels(name: str, measure: Measure, cells: list[Both], paired: str) -> Iterator[Change]:
    """Yield the change over all data, and on each data set where there are several."""
    kind = nature(measure, [side for cell in cells for side in cell], paired)
    yield change(name, None, measure, kind, cells)
    data = list(dict.fromkeys(cell.now["data"] for cell in cells))
    for one in data if len(data) > 1 else ():
        yield change(name, one, measure, kind, [c for c in cells if c.now["data"] == one])


def _called(changes: list[Change], thresholds: Mapping[str, float]) -> list[Change]:
    random = [found for found in changes if found.decides and found.test != "exact"]
    adjusted = dict(zip(map(id, random), holm([c.p_value for c in random]), strict=True))
    return [
        replace(c, p_adjusted=p, state=_state(c, p, thresholds.get(c.measure, thresholds[""])))
        for c in changes
        for p in [adjusted.get(id(c), c.p_value)]
    ]


def _state(found: Change, p_adjusted: float, threshold: float) -> State:
    small = abs(found.size) <= max(threshold, found.floor)
    if small or not found.decides or p_adjusted >= FALSE_ALARMS:
        return "no change shown"
    return "worse" if found.size > 0 else "better"


def _by_place(document: Document) -> dict[Place, Row]:
    return {(c["model"], c["data"], c["backend"], c["seed"]): c for c in document["cells"]}


def _done(cell: Row) -> bool:
    return cell["state"] in {"ran", "cached"}


def _words(cell: Row) -> str:
    return "/".join(str(cell[key]) for key in ("model", "data", "backend", "seed"))
