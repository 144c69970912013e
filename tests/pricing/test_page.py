"""The page shows exactly the shipped prices."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from qml.config import load
from qml.pricing import Tariffs

PAGE = Path(__file__).parents[2] / "docs" / "concepts" / "pricing.md"
COLUMNS = {
    "gates": ("one_qubit", "two_qubit", "minimum", "minimum_mitigated"),
    "tasks": ("task", "shot"),
    "seconds": ("rate", "per", "minimum_seconds", "increment_seconds"),
    "credits": ("fixed", "one_qubit", "two_qubit", "spam", "plan_price", "plan_credits"),
    "free": (),
}


def line(row: dict) -> str:
    devices = row["device"] if isinstance(row["device"], list) else [row["device"]]
    name = ", ".join(f"`{row['provider']}.{device}`" for device in devices)
    bound = row.get("minimum_mitigated_bound")
    shown = row | ({"minimum_mitigated": f"<= {bound}"} if bound else {})
    rates = [str(shown.get(key, "")) for key in COLUMNS[row["kind"]]]
    where = [row.get("plan", ""), *rates, row.get("currency", "")]
    if row["kind"] == "free":
        where = [row.get("plan", "")]
    cells = [name, *where, str(row.get("date", "")), row["source"]]
    return "| " + " | ".join(cells) + " |"


@pytest.mark.parametrize("kind", COLUMNS)
def test_the_page_shows_the_shipped_prices(shipped, kind):
    page = PAGE.read_text(encoding="utf-8").replace("≤", "<=").splitlines()
    shown = [text for text in page if text.startswith("| `") and text in _lines(shipped, kind)]
    assert shown == _lines(shipped, kind)


def test_it_shows_no_other_prices(shipped):
    page = PAGE.read_text(encoding="utf-8").replace("≤", "<=").splitlines()
    rows = {text for kind in COLUMNS for text in _lines(shipped, kind)}
    assert not [text for text in page if text.startswith("| `") and text not in rows]


def test_the_example_of_own_prices_holds(tmp_path, job):
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "qml.toml").write_text(example)
    tariffs = Tariffs.load(load(tmp_path, environ={}).config.pricing)
    assert tariffs.find("ionq", "forte-1").quote(job(1)).high == 20
    assert tariffs.find("dwave", "Advantage_system4.1").quote(job(seconds=Decimal(18))).high == 10
    assert tariffs.find("acme", "toaster").quote(job(shots=100)).high == 2


def _lines(shipped, kind: str) -> list[str]:
    return [line(row) for row in shipped.rows if row["kind"] == kind]
