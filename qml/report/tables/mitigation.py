"""Methods of error mitigation: what each is predicted to do, and what the chosen one reached."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from qml.report import numbers
from qml.report.tables.layout import Cell, Field, table

_FIELDS = (
    Field(title="mitigation"),
    Field(title="error", align="right"),
    Field(title="bias", align="right", yields=3),
    Field(title="deviation", align="right", yields=4),
    Field(title="circuits", align="right", yields=2),
    Field(title="shots", align="right", yields=1),
    Field(title="price", align="right"),
)


def method_table(found: Mapping[str, Any], width: int) -> Iterator[RenderableType]:
    """Render `mitigation` of a document `qml.plan/1`, with reasons beneath."""
    yield ""
    yield table(_FIELDS, [_row(m, found["chosen"]) for m in found["methods"]], width)
    for method in found["methods"]:
        if method["refused"]:
            yield Text(f"refused: {method['refused']}", style="yellow")
    for how in dict.fromkeys(m["how"] for m in found["methods"] if m["how"]):
        yield Text(f"prediction: {how}", style="dim")


def reached_line(found: Mapping[str, Any]) -> str:
    """Say what a mitigation did: `zne (linear), error 0.043 -> 0.012 at 1.0x shots (...)`."""
    told = (found["predicted_before"], found["predicted_after"])
    predicted = "" if None in told else f"{told[0]:.3f} -> {told[1]:.3f}"
    factor = f"at {found['shots_factor']:.1f}x shots"
    if found["before"] is None:
        guess = f"error {predicted} predicted, not measured" if predicted else "error not known"
        return f"{found['method']}, {guess} {factor}"
    measured = f"error {found['before']:.3f} -> {found['after']:.3f} {factor}"
    beside = f"; predicted {predicted}" if predicted else ""
    return f"{found['method']}, {measured} (measured on {found['circuits']} circuits{beside})"


def _row(method: Mapping[str, Any], chosen: str) -> list[Cell]:
    name = method["method"]
    style = "bold" if name == chosen else "dim" if method["refused"] else ""
    said = f"{name}, chosen" if name == chosen else name
    free = not Decimal(method["price"])
    cells = [
        said,
        _number(method["error"]) + _doubt(method.get("uncertainty")),
        *(_number(method[key]) for key in ("bias", "deviation")),
        f"{method['circuits_factor']}x",
        f"{method['shots_factor']:.1f}x",
        "nothing" if free else f"{Decimal(method['price']):,.2f}",
    ]
    return [Text(cell, style=style) for cell in cells]


def _number(value: float | None) -> str:
    return numbers.MISSING if value is None else f"{value:.4f}"


def _doubt(value: float | None) -> str:
    """Say the standard error of a prediction that draws told; nothing of an exact one."""
    written = f"{value or 0.0:.4f}"
    return f" ± {written}" if float(written) else ""
