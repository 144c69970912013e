"""The engine as a backend, the default one."""

from qml.backends.base import Capabilities
from qml.backends.memory import most_qubits
from qml.backends.plugin import Package, Plugin
from qml.config.sections import BackendSection

_COPIES = 4  # states that a forward pass holds at once (qml.engine.memory)


def capabilities(section: BackendSection) -> Capabilities:
    """Exact and sampled, without noise; derivatives where expectations are exact."""
    return Capabilities(
        qubits=most_qubits(bytes_each=16 if section.precision == "float64" else 8, copies=_COPIES),
        exact=True,
        samples=True,
        noise=False,
        gradients=frozenset() if section.shots else frozenset({"backprop"}),
    )


plugin = Plugin(
    name="jax",
    packages=(
        Package(module="jax", distribution="jax"),
        Package(module="jaxlib", distribution="jaxlib"),
    ),
    capabilities=capabilities,
    home="qml.backends.jax.backend:JaxBackend",
)
