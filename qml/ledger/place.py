"""Where a ledger lies: its URL for SQLAlchemy, and a name that is safe to show."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from qml.errors import LedgerError

FILE = Path(".qml") / "ledger.db"
_POSTGRESQL = {"postgresql", "postgres", "postgresql+psycopg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A database.

    Attributes:
        url: What SQLAlchemy opens; it may hold a password, so it is never shown.
        name: What people are shown: neither user nor password nor options.
        file: The file of an SQLite database, or None.
        own: Whether it is the project's own file, which knows no other project.
    """

    url: URL = field(repr=False)
    name: str
    file: Path | None = None
    own: bool = False

    @property
    def secrets(self) -> list[str]:
        """What must never be shown: passwords, wherever in the URL they are."""
        options = [self.url.query.get(name) for name in ("password", "sslpassword")]
        return [str(found) for found in (self.url.password, *options) if found]


def place_of(url: str | None, root: Path) -> Place:
    """Understand `ledger.url`.

    Args:
        url: `postgresql://...`, `sqlite:///...` (relative to the project), or None.
        root: Folder of the project.

    Raises:
        LedgerError: It is no URL, or names another kind of database.
    """
    if url is None:
        return _file(root / FILE, own=True)
    parsed = _parsed(url)
    if parsed.drivername in _POSTGRESQL:
        return _server(parsed)
    if parsed.drivername == "sqlite" and parsed.database and parsed.database != ":memory:":
        return _file(root / parsed.database, own=False)
    raise LedgerError(
        f"`ledger.url` names a database of kind `{parsed.drivername}`",
        hint="use postgresql://HOST/DATABASE, or no URL for the project's own file",
    )


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):  # both quote the URL, which may hold a password
        raise LedgerError(
            "`ledger.url` cannot be read as a URL",
            hint="e.g. postgresql://HOST/DATABASE; special characters in it are %-encoded",
        ) from None


def _file(path: Path, *, own: bool) -> Place:
    return Place(url=URL.create("sqlite", database=str(path)), name=str(path), file=path, own=own)


def _server(url: URL) -> Place:
    port = f":{url.port}" if url.port else ""
    return Place(
        url=url.set(drivername="postgresql+psycopg"),
        name=f"postgresql://{url.host or ''}{port}/{url.database or ''}",
    )
