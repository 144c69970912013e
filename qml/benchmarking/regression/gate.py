"""The gate: which changes are called, which cells were lost, what could not be compared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from qml.benchmarking.regression.change import Change, State, change
from qml.benchmarking.regression.evidence import Both
from qml.benchmarking.regression.measures import (
    Document,
    Measure,
    Row,
    measures_of,
    nature,
    titles,
)
from qml.benchmarking.regression.thresholds import check_names
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
        gone: Columns of the baseline all of whose cells are missing.
        new: Cells that the baseline has not.
        apart: What could not be compared, and why.
        allow_missing: Whether it passes without columns of the baseline, or with none in common.
    """

    changes: tuple[Change, ...]
    lost: tuple[str, ...]
    missing: tuple[str, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    apart: tuple[str, ...]
    allow_missing: bool = False

    def called(self, state: State) -> list[Change]:
        """Return the changes that are called so."""
        return [found for found in self.changes if found.state == state]

    @property
    def measures(self) -> dict[str, list[Change]]:
        """What is compared, save time: each measure of each column with its changes."""
        found: dict[str, list[Change]] = {}
        for one in self.changes:
            if not one.speed:
                found.setdefault(f"{one.measure} of {one.column}", []).append(one)
        return found

    @property
    def blind(self) -> list[str]:
        """The measures that could not have failed, however bad they had become."""
        return [
            name
            for name, found in self.measures.items()
            if not any(one.could_show for one in found)
        ]

    @property
    def gates_speed(self) -> bool:
        """Whether a loss of speed could have failed."""
        return any(found.speed and found.could_show for found in self.changes)

    @property
    def passed(self) -> bool:
        """Whether nothing got worse, nothing was lost and something was compared."""
        whole = self.allow_missing or (bool(self.changes) and not self.gone)
        return whole and not self.lost and not self.called("worse")


def hold(
    baseline: Document,
    now: Document,
    thresholds: Mapping[str, float],
    *,
    allow_missing: bool = False,
) -> Gate:
    """Hold a benchmark against an earlier one.

    A change is called where it exceeds its threshold and, if the number is random, is also more
    than noise after Holm's correction over all tests.

    Args:
        baseline: An earlier `qml.bench/1`.
        now: The later one.
        thresholds: Share of the baseline by title of the measure; "" for all others.
        allow_missing: Whether columns of the baseline may be gone, and nothing be in common.

    Raises:
        UsageError: They are of different suites or share no cell with a number, or a threshold is
            of a measure that neither has.
    """
    _check(baseline, now)
    check_names(thresholds, [*titles(baseline), *titles(now)])
    before, after = _by_place(baseline), _by_place(now)
    common = {p: Both(before[p], after[p]) for p in after if p in before}
    both = {p: b for p, b in common.items() if _done(b.before) and _done(b.now)}
    if not both and not allow_missing:
        raise UsageError(
            "the two benchmarks have no cell with numbers in common",
            hint="where that is meant: --allow-missing",
        )
    apart: list[str] = []
    same = bool(now.get("machine")) and baseline.get("machine") == now.get("machine")
    changes = list(_changes(now, both, apart, same_machine=same))
    gone = [b.now for b in common.values() if _done(b.before) and not _done(b.now)]
    lost = [c for c in gone if c["state"] != "open"]
    missing = {p: c for p, c in before.items() if _missing(c, after.get(p))}
    return Gate(
        changes=tuple(_called(changes, thresholds)),
        lost=tuple(f"{_words(c)}: {c['state']}, {c['why']}" for c in lost),
        missing=tuple(_words(c) for c in missing.values()),
        gone=tuple(_gone(baseline, before, missing)),
        new=tuple(_words(c) for p, c in after.items() if p not in before),
        apart=tuple(dict.fromkeys(apart)),
        allow_missing=allow_missing,
    )


def _missing(before: Row, now: Row | None) -> bool:
    return now is None or (_done(before) and now["state"] == "open")


def _gone(
    baseline: Document, before: Mapping[Place, Row], missing: Mapping[Place, Row]
) -> list[str]:
    """Return the columns that had numbers to compare, and have no cell left."""
    compared = {p: c for p, c in before.items() if _done(c) and measures_of(baseline, c["role"])}
    kept = {(p[0], p[2]) for p in compared if p not in missing}
    columns = dict.fromkeys((p[0], p[2]) for p in compared)
    return [f"{model} on {where}" for model, where in columns if (model, where) not in kept]


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
    values = [found.p_value for found in random]
    adjusted = dict(zip(map(id, random), holm(values), strict=True))
    shown = {id(c): _could_show(values, i, c.p_least) for i, c in enumerate(random)}
    whole = [
        replace(
            found,
            p_adjusted=adjusted.get(id(found), found.p_value),
            could_show=shown.get(id(found), found.decides),
        )
        for found in changes
    ]
    return [replace(c, state=_state(c, thresholds.get(c.measure, thresholds[""]))) for c in whole]


def _could_show(values: list[float], place: int, least: float) -> bool:
    """Say whether a test would be called at its least p-value, the others being as they are."""
    return holm([*values[:place], least, *values[place + 1 :]])[place] < FALSE_ALARMS


def _state(found: Change, threshold: float) -> State:
    small = abs(found.size) <= max(threshold, found.floor)
    if small or not found.decides or found.p_adjusted >= FALSE_ALARMS:
        return "no change shown"
    return "worse" if found.size > 0 else "better"


def _by_place(document: Document) -> dict[Place, Row]:
    return {(c["model"], c["data"], c["backend"], c["seed"]): c for c in document["cells"]}


def _done(cell: Row) -> bool:
    return cell["state"] in {"ran", "cached"}


def _words(cell: Row) -> str:
    return "/".join(str(cell[key]) for key in ("model", "data", "backend", "seed"))
