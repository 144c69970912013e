"""Triggers that keep the history of money and states from being rewritten, in either database."""

from sqlalchemy import DDL, Table, event

_SQLITE = """
CREATE TRIGGER %(table)s_{verb} BEFORE {verb} ON %(table)s
BEGIN SELECT RAISE(ABORT, '%(table)s is only appended to'); END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION qml_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%% is only appended to', TG_TABLE_NAME; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER %(table)s_only_appended BEFORE UPDATE OR DELETE ON %(table)s
FOR EACH STATEMENT EXECUTE FUNCTION qml_refuse()
"""


def protect(table: Table) -> None:
    """Let a table, when it is made, refuse updates and deletions."""
    for verb in ("UPDATE", "DELETE"):
        _after(table, _SQLITE.format(verb=verb), "sqlite")
    for text in (_FUNCTION, _POSTGRESQL):
        _after(table, text, "postgresql")


def _after(table: Table, text: str, dialect: str) -> None:
    ddl = DDL(text)  # type: ignore[no-untyped-call] # SQLAlchemy left it untyped
    event.listen(table, "after_create", ddl.execute_if(dialect=dialect))
