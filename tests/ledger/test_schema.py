from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from qml.errors import LedgerError
from qml.ledger import Caps, open_ledger
from qml.ledger.database import Database
from qml.ledger.place import place_of
from qml.ledger.schema import STEPS, migrate
from qml.testing.journal_contract import FakeClock, draft


def add_note(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE qml_intents ADD COLUMN note TEXT"))


def stumble(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE qml_intents ADD COLUMN lost TEXT"))
    connection.execute(text("SELECT * FROM nowhere"))


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path, kind: str):
    url = None if kind == "sqlite" else request.getfixturevalue("cluster").new_database()
    with open_ledger(url, tmp_path, project="mine", caps=Caps(), clock=FakeClock()) as ledger:
        ledger.intend([draft("5")])
    return url


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_steps_lead_to_a_newer_version_and_no_further(place: str | None, tmp_path: Path) -> None:
    """The present tables, two steps on; an older qml then refuses them."""
    database = Database(place_of(place, tmp_path))
    steps = [*STEPS, add_note]
    with pytest.raises(LedgerError, match="nowhere"):
        migrate(database, 0.0, [*steps, stumble])
    assert columns(database).isdisjoint({"note", "lost"})  # all steps or none
    migrate(database, 0.0, steps)
    migrate(database, 0.0, steps)
    assert "note" in columns(database)
    with pytest.raises(LedgerError, match="newer qml"):
        migrate(database, 0.0)
    database.close()
    with pytest.raises(LedgerError, match="newer qml") as caught:
        open_ledger(place, tmp_path, project="mine", caps=Caps(), clock=FakeClock())
    assert "update qml" in str(caught.value.hint)


def columns(database: Database) -> set[str]:
    with database.read() as connection:
        return {column["name"] for column in inspect(connection).get_columns("qml_intents")}
