"""The mock, a hybrid solver or a machine: the name decides."""

from qml.backends.base import Backend, Settings
from qml.backends.device import device_of
from qml.backends.dwave import HYBRID, MOCK, NAME
from qml.backends.plugin import Plugin


def open_machine(plugin: Plugin, settings: Settings) -> Backend:
    """Open what `[backend] name` names, by default `[backend.dwave] device`."""
    device = settings.device or device_of(settings.section, NAME, settings.section.dwave.device)
    if device == MOCK:
        from qml.backends.dwave.mock import DwaveMock

        return DwaveMock(plugin, settings)
    if device.startswith(HYBRID):
        from qml.backends.dwave.hybrid import DwaveHybrid

        return DwaveHybrid(plugin, settings, device)
    from qml.backends.dwave.machine import DwaveMachine

    return DwaveMachine(plugin, settings, device)
