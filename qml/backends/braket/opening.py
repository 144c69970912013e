"""Opens the device that was named: the simulator in this process, or one in an AWS account."""

from qml.backends.base import Backend, Settings
from qml.backends.braket.devices import LOCAL
from qml.backends.device import device_of
from qml.backends.plugin import Plugin


def open_device(plugin: Plugin, settings: Settings) -> Backend:
    """Open `[backend] name`, or `[backend.braket] device` where the name is bare."""
    name = device_of(settings.section, plugin.name, settings.section.braket.device)
    if name == LOCAL:
        from qml.backends.braket.local import Local

        return Local(plugin, settings)
    from qml.backends.braket.backend import Braket

    return Braket(plugin, settings, name)
