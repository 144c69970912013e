"""A third party's package: two entry points, functions from settings to backends."""

from qml.backends.base import Backend, Settings


def open_simulator(settings: Settings) -> Backend:
    """Open the simulator; `tiny` in `[backend] name`."""
    from tiny_backend.simulator import TinySimulator

    return TinySimulator(most=int(settings.section.options.get("qubits", 8)))


def open_cloud(settings: Settings) -> Backend:
    """Open a machine of the cloud; `tinycloud.NAME` in `[backend] name`."""
    from tiny_backend.cloud import TinyCloud

    return TinyCloud(settings.device or "one", settings.section.options["folder"])
