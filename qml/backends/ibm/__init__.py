"""IBM Quantum through qiskit-ibm-runtime (extra `ibm`): fake machines, Aer, and real machines.

`ibm.fake_manila` is a snapshot of a machine, simulated with its noise in this process; `ibm.aer` is
a simulator without noise; every other name, e.g. `ibm.ibm_torino`, is a machine of the account.
"""

from qml.backends.base import Capabilities
from qml.backends.device import device_of
from qml.backends.ibm.machines import AER, PROVIDER, is_local, limits
from qml.backends.memory import most_qubits
from qml.backends.plugin import Package, Plugin
from qml.config.sections import BackendSection


def capabilities(section: BackendSection) -> Capabilities:
    """Counts alone; what is a real machine lives at IBM and costs money."""
    device = device_of(section, PROVIDER, section.ibm.device)
    local = is_local(device)
    return Capabilities(
        qubits=most_qubits(bytes_each=16, copies=2) if device == AER else limits(device).qubits,
        exact=False,
        samples=True,
        noise=False,
        paid=not local and section.ibm.plan != "open",
        remote=not local,
        billing=(PROVIDER, device) if local else (PROVIDER, device, section.ibm.plan),
    )


plugin = Plugin(
    name=PROVIDER,
    packages=(
        Package(module="qiskit_ibm_runtime", distribution="qiskit-ibm-runtime", extra="ibm"),
        Package(module="qiskit", distribution="qiskit"),
        Package(module="qiskit_aer", distribution="qiskit-aer", extra="aer"),
    ),
    capabilities=capabilities,
    home="qml.backends.ibm.opening:open_machine",
)
