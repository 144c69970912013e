"""IonQ's own cloud: its free simulator, and its machines (`ionq.forte-1`)."""

from qml.backends.base import Capabilities
from qml.backends.device import device_of
from qml.backends.ionq.devices import SIMULATOR, most_qubits, plain
from qml.backends.plugin import Package, Plugin
from qml.config.sections import BackendSection

PROVIDER = "ionq"


def capabilities(section: BackendSection) -> Capabilities:
    """Counts alone; the simulator is free and models IonQ's published noise."""
    device = plain(device_of(section, PROVIDER, section.ionq.device))
    return Capabilities(
        qubits=most_qubits(device),
        exact=False,
        samples=True,
        noise=device == SIMULATOR,
        paid=device != SIMULATOR,
        remote=True,
        billing=(PROVIDER, device),
    )


plugin = Plugin(
    name=PROVIDER,
    packages=(
        Package(module="qiskit_ionq", distribution="qiskit-ionq"),
        Package(module="qiskit", distribution="qiskit"),
    ),
    capabilities=capabilities,
    home="qml.backends.ionq.backend:Ionq",
)
"""Entry point `ionq`."""
