"""qsim, Google's C++ simulator, as a backend."""

from qml.backends import noise
from qml.backends.base import Capabilities
from qml.backends.memory import most_qubits
from qml.backends.plugin import Package, Plugin
from qml.config.sections import BackendSection


def capabilities(section: BackendSection) -> Capabilities:
    """Exact and sampled; under noise it samples trajectories and nothing is exact."""
    return Capabilities(
        qubits=most_qubits(bytes_each=8, copies=2),
        exact=noise.resolve(section.noise).silent,
        samples=True,
        noise=True,
    )


plugin = Plugin(
    name="qsim",
    packages=(
        Package(module="qsimcirq", distribution="qsimcirq"),
        Package(module="cirq", distribution="cirq-core"),
    ),
    capabilities=capabilities,
    home="qml.backends.qsim.backend:Qsim",
)
