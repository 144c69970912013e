"""How a place runs circuits: as they are written, spelled in its own gates, or compiled."""

from qml.backends.verbatim import as_run, runs_as_written
from qml.circuits import Circuit
from qml.planning.site import Site


def as_spelled(site: Site, circuit: Circuit) -> Circuit | None:
    """Return a circuit as its gates are run; None where a vendor compiles it."""
    if site.remote is None:
        return circuit if runs_as_written(site.capabilities) else None
    return as_run(site.remote, circuit)


def device_of(site: Site) -> str | None:
    """Return the machine, where a vendor runs it."""
    return None if site.remote is None else site.remote.device
