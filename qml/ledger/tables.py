"""The tables. Amounts are integer millionths of their currency, moments seconds since the epoch.

`qml_intents` and `qml_totals` hold the present; `qml_entries` and `qml_transitions` hold all that
ever happened and are only appended to (`qml.ledger.append_only`). Order is the order of `seq`,
which the database gives, never that of a clock.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

METADATA = MetaData()
_SEQUENCE = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers only INTEGER keys


def _sequence() -> Column[int]:
    return Column("seq", _SEQUENCE, primary_key=True, autoincrement=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _count(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _moment(name: str) -> Column[float]:
    return Column(name, Double, nullable=False)


def _project() -> Column[int]:
    return Column("project", ForeignKey("qml_projects.id"), nullable=False)


VERSIONS = Table(
    "qml_schema",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    _moment("at"),
)

PROJECTS = Table(
    "qml_projects",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)

INTENTS = Table(
    "qml_intents",
    METADATA,
    _sequence(),
    _project(),
    Column("key", Text, nullable=False, unique=True),
    _text("run_id"),
    _text("name"),
    _text("provider"),
    _text("device"),
    _text("digest"),
    _count("generation"),
    _count("circuits"),
    _count("shots"),
    _count("one_qubit"),
    _count("two_qubit"),
    _count("low"),
    _count("expected"),
    _count("high"),
    _text("currency"),
    _text("tariff_date"),
    _text("tariff_source"),
    _text("day"),  # UTC day of the intent: the day and month whose caps it counts for
    _text("state"),
    Column("job_id", Text),
    Column("billed", BigInteger),
    _moment("created"),
    _moment("updated"),
    Column("sent", Double),
    Column("detail", Text),
    Index("qml_intents_place", "project", "run_id", "name"),
    Index("qml_intents_job", "job_id"),
    sqlite_autoincrement=True,
)

ENTRIES = Table(
    "qml_entries",
    METADATA,
    _sequence(),
    _text("key"),
    _text("kind"),
    _count("amount"),
    _text("currency"),
    _moment("at"),
    _text("tariff_date"),
    _text("tariff_source"),
    Column("note", Text),
    Index("qml_entries_key", "key"),
    sqlite_autoincrement=True,
)

TRANSITIONS = Table(
    "qml_transitions",
    METADATA,
    _sequence(),
    _text("key"),
    Column("old", Text),
    _text("new"),
    _moment("at"),
    Column("job_id", Text),
    Column("detail", Text),
    Index("qml_transitions_key", "key"),
    sqlite_autoincrement=True,
)

TOTALS = Table(
    "qml_totals",
    METADATA,
    Column("project", ForeignKey("qml_projects.id"), primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("currency", Text, primary_key=True),
    _count("settled"),
    _count("reserved"),
)

CAPS = Table(
    "qml_caps",
    METADATA,
    Column("project", ForeignKey("qml_projects.id"), primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("currency", Text, primary_key=True),
    _count("amount"),
    _moment("at"),
)

BEATS = Table(
    "qml_beats",
    METADATA,
    Column("project", ForeignKey("qml_projects.id"), primary_key=True),
    Column("run_id", Text, primary_key=True),
    _moment("at"),
    _count("pid"),
    _text("host"),
    _text("facts"),
)
