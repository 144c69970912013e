"""`[ledger]`: where submissions and money are recorded."""

from pydantic import Field

from qml.config.base import Section


class LedgerSection(Section):
    """The journal of submissions."""

    url: str | None = Field(
        None,
        description="Database of a team, e.g. `postgresql://host/qml`; `.qml/ledger.db` of the"
        " project where not given. Passwords belong into the environment (PGPASSWORD, ~/.pgpass).",
    )
