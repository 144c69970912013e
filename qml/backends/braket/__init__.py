"""Amazon Braket as a backend (extra `braket`): its local simulator, cloud simulators and machines.

`braket.local` runs in this process and is free; all others are tasks in an AWS account.
"""

from qml.backends.base import Capabilities
from qml.backends.braket.devices import LOCAL, LOCAL_QUBITS, device
from qml.backends.device import device_of
from qml.backends.memory import most_qubits
from qml.backends.plugin import Package, Plugin
from qml.config.sections import BackendSection

NAME = "braket"


def capabilities(section: BackendSection) -> Capabilities:
    """Exact and sampled on the local simulator, sampled and paid elsewhere.

    Raises:
        PlanError: Braket has no such device.
    """
    name = device_of(section, NAME, section.braket.device)
    if name == LOCAL:
        most = min(LOCAL_QUBITS, most_qubits(bytes_each=16, copies=3))
        return Capabilities(qubits=most, exact=True, samples=True, noise=False)
    return Capabilities(
        qubits=device(name).qubits,
        exact=False,
        samples=True,
        noise=False,
        paid=True,
        remote=True,
        billing=(NAME, name),
    )


plugin = Plugin(
    name=NAME,
    packages=(
        Package(module="braket", distribution="amazon-braket-sdk", extra="braket"),
        Package(module="boto3", distribution="boto3", extra="braket"),
    ),
    capabilities=capabilities,
    home="qml.backends.braket.opening:open_device",
)
