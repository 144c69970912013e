"""Where MLflow keeps runs: its address, and where artifacts go."""

from dataclasses import dataclass
from pathlib import Path

from qml.tracking.base import TrackerSettings

_SQLITE = "sqlite:///"
_VARIABLE = "MLFLOW_TRACKING_URI"
_DATABASES = ("sqlite", "postgresql", "mysql", "mssql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Address of a tracking server or database.

    Attributes:
        uri: Absolute address, credentials included; it is never written to a file.
        database: File of a SQLite database, or None.
        artifacts: Folder for artifacts where no server decides, or None.
    """

    uri: str
    database: Path | None
    artifacts: Path | None


def place_of(settings: TrackerSettings) -> Place:
    """Resolve the configured address; MLFLOW_TRACKING_URI overrides it.

    A relative SQLite path is relative to the project's folder.
    """
    uri = settings.environ.get(_VARIABLE) or settings.uri
    artifacts = settings.root.resolve() / ".qml" / "mlartifacts"
    if uri.startswith(_SQLITE):
        name, mark, options = uri.removeprefix(_SQLITE).partition("?")
        path = (settings.root / name).resolve()
        return Place(uri=f"{_SQLITE}{path}{mark}{options}", database=path, artifacts=artifacts)
    own = uri.split(":", 1)[0].split("+", 1)[0] in _DATABASES
    return Place(uri=uri, database=None, artifacts=artifacts if own else None)
