"""Azure Quantum as a backend (extra `azure`): IonQ's machines through a workspace of Azure."""

from qml.backends.azure.devices import SIMULATOR, target
from qml.backends.base import Capabilities
from qml.backends.device import device_of
from qml.backends.plugin import Package, Plugin
from qml.config.sections import BackendSection

NAME = "azure"


def capabilities(section: BackendSection) -> Capabilities:
    """Sampled, and paid but for the simulator.

    Raises:
        PlanError: There is no such target.
    """
    name = device_of(section, NAME, section.azure.device)
    return Capabilities(
        qubits=target(name).qubits,
        exact=False,
        samples=True,
        noise=False,
        paid=name != SIMULATOR,
        remote=True,
        billing=(NAME, name),
    )


plugin = Plugin(
    name=NAME,
    packages=(Package(module="azure", distribution="azure-quantum", extra="azure"),),
    capabilities=capabilities,
    home="qml.backends.azure.backend:Azure",
)
