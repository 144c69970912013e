"""PennyLane's simulators as backends: `default.qubit` and `lightning`."""

from qml.backends.base import Capabilities
from qml.backends.memory import most_qubits
from qml.backends.plugin import Package, Plugin
from qml.config.sections import BackendSection

_PENNYLANE = Package(module="pennylane", distribution="pennylane")
_LIGHTNING = Package(module="pennylane_lightning", distribution="pennylane-lightning")
_MOST_WIRES = 25  # default.qubit moves axes with NumPy's einsum, which has letters for no more


def _default_qubit(section: BackendSection) -> Capabilities:
    return Capabilities(
        qubits=min(_MOST_WIRES, most_qubits(bytes_each=16, copies=4)),
        exact=True,
        samples=True,
        noise=False,
        gradients=frozenset() if section.shots else frozenset({"backprop"}),
    )


def _lightning(section: BackendSection) -> Capabilities:
    bytes_each = 16 if section.precision == "float64" else 8
    return Capabilities(
        qubits=most_qubits(bytes_each=bytes_each, copies=4),
        exact=True,
        samples=True,
        noise=False,
        gradients=frozenset() if section.shots else frozenset({"adjoint"}),
    )


plugin_default_qubit = Plugin(
    name="default.qubit",
    packages=(_PENNYLANE,),
    capabilities=_default_qubit,
    home="qml.backends.pennylane.default_qubit:DefaultQubit",
)
plugin_lightning = Plugin(
    name="lightning",
    packages=(_LIGHTNING, _PENNYLANE),
    capabilities=_lightning,
    home="qml.backends.pennylane.lightning:Lightning",
)
