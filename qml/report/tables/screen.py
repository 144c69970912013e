"""`qml bench screen`: for each feature map, every number with the sentence that it stands for."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from qml.report import words
from qml.report.tables.layout import heading, pairs

_MAP_LINE = "feature map {}, {}, {}"


def screen_table(document: Mapping[str, Any]) -> RenderableType:
    """Render a document `qml.screen/1`."""
    return Group(*_parts(document))


def data_line(data: Mapping[str, Any]) -> str:
    """Describe the rows: `digits: 300 of 1,797 rows, 8 features, 10 classes`."""
    rows = f"{data['rows']:,} of {data['of']:,} rows"
    features = words.plural(data["features"], "feature")
    return f"{data['source']}: {rows}, {features}, {data['classes']} classes"


def map_line(one: Mapping[str, Any]) -> str:
    """Describe a feature map: `feature map iqp, 8 qubits, 1 repetition`."""
    qubits = words.plural(one["qubits"], "qubit")
    return _MAP_LINE.format(one["feature_map"], qubits, words.plural(one["repeats"], "repetition"))


def price_line(price: Mapping[str, Any]) -> str:
    """Say what the kernel of these rows would cost on a paid machine."""
    return (
        f"{float(price['expected']):,.2f} {price['currency']} on {price['device']}:"
        f" {price['circuits']:,} circuits of {price['shots']:,} shots; nothing was bought"
    )


def _parts(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    yield heading("screen", data_line(document["data"]))
    for one in document["maps"]:
        yield ""
        yield heading(map_line(one))
        yield _lines(one)
    yield ""
    yield Text(document["verdict"], style="bold")
    yield ""
    yield pairs(
        (
            ("lambda", f"{document['settings']['ridge']:g}, traces scaled to the rows"),
            *(("note", note) for note in document["notes"]),
            ("run", document["run_dir"]),
        )
    )


def _lines(one: Mapping[str, Any]) -> RenderableType:
    says = [(s["what"], f"{s['value']}\n  {s['meaning']}") for s in one["says"]]
    return pairs((*says, ("kernel bought", price_line(one["price"]))))
