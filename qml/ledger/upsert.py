"""Insert or update, which both databases know under the same words."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, add: bool = False
) -> None:
    """Write rows; one whose primary key is there is overwritten.

    Args:
        connection: An open transaction.
        table: Where to.
        rows: All columns of each row.
        add: Whether the columns of a row that is there are added to instead.
    """
    connection.execute(_statement(connection.dialect.name, table, add=add), list(rows))


@cache
def _statement(dialect: str, table: Table, *, add: bool) -> Executable:
    """Build the statement once; building costs more than running it."""
    kind = postgresql if dialect == "postgresql" else sqlite
    statement = kind.insert(table)
    values = [column for column in table.columns if not column.primary_key]
    new = {
        c.name: c + statement.excluded[c.name] if add else statement.excluded[c.name]
        for c in values
    }
    keys = [column.name for column in table.primary_key]
    made: Executable = statement.on_conflict_do_update(index_elements=keys, set_=new)
    return made
