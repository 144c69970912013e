"""Where work is planned for: a backend's name, what it can do, and how it bills."""

from dataclasses import dataclass

from qml.backends.base import Capabilities
from qml.backends.remote import RemoteBackend
from qml.pricing import Tariff


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place where work can run.

    Attributes:
        name: Name of the backend.
        capabilities: What it can do.
        remote: The opened backend where its jobs leave this machine, else None.
        tariff: How it bills, where it is remote.
        stale: A warning where the tariff is old, or None.
    """

    name: str
    capabilities: Capabilities
    remote: RemoteBackend | None = None
    tariff: Tariff | None = None
    stale: str | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know of the place: an emulator answers, or the tariff is old."""
        place = self.remote.place if self.remote is not None else None
        emulated = (
            f"`{self.name}` is answered by {place}, not by the vendor: its money is play money,"
            " and the ledger of this project keeps it like any other"
        )
        return tuple(filter(None, [emulated if place else None, self.stale]))
