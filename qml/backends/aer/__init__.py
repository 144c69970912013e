"""Qiskit Aer as a backend (extra `aer`)."""

from qml.backends import noise
from qml.backends.base import Capabilities
from qml.backends.memory import most_qubits
from qml.backends.plugin import Package, Plugin
from qml.config.sections import BackendSection

MOST_DENSITY_WIRES = 12


def capabilities(section: BackendSection) -> Capabilities:
    """Exact and sampled, with noise too; exact under noise takes a density matrix."""
    bytes_each = 16 if section.precision == "float64" else 8
    most = most_qubits(bytes_each=bytes_each, copies=2)
    noisy = not noise.resolve(section.noise).silent
    density = min(MOST_DENSITY_WIRES, most_qubits(bytes_each=bytes_each, copies=2, density=True))
    return Capabilities(
        qubits=density if noisy and not section.shots else most,
        exact=not noisy or not section.shots,
        samples=True,
        noise=True,
    )


plugin = Plugin(
    name="aer",
    packages=(
        Package(module="qiskit_aer", distribution="qiskit-aer", extra="aer"),
        Package(module="qiskit", distribution="qiskit"),
    ),
    capabilities=capabilities,
    home="qml.backends.aer.backend:Aer",
)
