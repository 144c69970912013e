"""A benchmark: verdicts, columns, ranks, effects, and every cell."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report import bench, numbers, words
from qml.report.html.benching import cells, columns, effects, verdicts
from qml.report.html.parts import number
from qml.report.markup import Markup


def about(outcome: Mapping[str, Any]) -> str:
    """Say in a few words what was run."""
    return f"suite {outcome['suite']['name']}, {words.plural(outcome['metrics']['cells'], 'cell')}"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield the numbers that carry the verdicts."""
    metric = outcome["suite"]["metric"]["title"]
    rows = {row["name"]: row for row in outcome["columns"]}
    shown: set[str] = set()
    for found in outcome["verdicts"]:
        for name, role in ((found["model"], "quantum"), (found["rival"], "classical")):
            if name not in shown:
                value = numbers.decimal(rows[name]["mean"], 3)
                yield number(name, value, f"mean {metric}", role)
            shown.add(name)
    yield number("cells", f"{outcome['metrics']['cells']:,}", bench.counts(outcome))
    if outcome["expected"]:
        agree = sum(row["agrees"] for row in outcome["expected"])
        yield number("published", f"{agree:,}", f"of {len(outcome['expected']):,} numbers agree")
    cost = outcome["cost"]
    yield number("billed", f"{cost['billed']} {cost['currency']}", "all cells together")


SECTIONS = (
    verdicts.section,
    columns.section,
    columns.ranks,
    effects.section,
    cells.heat,
    cells.published,
    cells.cells,
)
