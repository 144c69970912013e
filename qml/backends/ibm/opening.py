"""A fake machine or a real one: the name decides."""

from qml.backends.base import Backend, Settings
from qml.backends.device import device_of
from qml.backends.ibm.machines import PROVIDER, is_local
from qml.backends.plugin import Plugin


def open_machine(plugin: Plugin, settings: Settings) -> Backend:
    """Open the machine that `[backend] name` names, by default `[backend.ibm] device`.

    Raises:
        PlanError: There is no fake machine of that name.
    """
    section = settings.section
    device = settings.device or device_of(section, PROVIDER, section.ibm.device)
    if is_local(device):
        from qml.backends.ibm.local import IbmLocal

        return IbmLocal(plugin, settings, device)
    from qml.backends.ibm.remote import IbmRemote

    return IbmRemote(plugin, settings, device)
