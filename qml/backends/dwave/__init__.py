"""D-Wave's annealers (extra `dwave`). A program is an Ising problem, `qml.circuits.ising`.

`dwave.mock` is D-Wave's own stand-in for tests, in this process: it anneals nothing and answers by
enumeration or steepest descent. Names that begin with `hybrid`, e.g.
`dwave.hybrid_binary_quadratic_model_version2`, are hybrid solvers of the account, and every other
name, e.g. `dwave.Advantage_system4.1`, is a machine of it.
"""

from qml.backends.base import Capabilities
from qml.backends.device import device_of
from qml.backends.plugin import Package, Plugin
from qml.config.sections import BackendSection

NAME = "dwave"
MOCK = "mock"
HYBRID = "hybrid"
MOST_VARIABLES = 5000
"""Qubits of the largest machine; how many variables fit depends on their couplings."""


def capabilities(section: BackendSection) -> Capabilities:
    """Sampled alone; machines are paid, the mock is not."""
    device = device_of(section, NAME, section.dwave.device)
    mock = device == MOCK
    return Capabilities(
        qubits=MOST_VARIABLES,
        exact=False,
        samples=True,
        noise=False,
        paid=not mock,
        remote=not mock,
        billing=None if mock else (NAME, device),
    )


plugin = Plugin(
    name=NAME,
    packages=(Package(module="dwave.system", distribution="dwave-system", extra="dwave"),),
    capabilities=capabilities,
    home="qml.backends.dwave.opening:open_machine",
)
