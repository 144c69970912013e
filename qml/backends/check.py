"""What a backend cannot run is refused before it runs: planning and submission ask here."""

from qml.backends.base import Capabilities
from qml.circuits import Work
from qml.errors import PlanError


def check(work: Work, capabilities: Capabilities, *, name: str) -> None:
    """Refuse work that lies outside a backend's capabilities.

    Args:
        work: The batch.
        capabilities: What the backend says it can do.
        name: Name of the backend, for the message.

    Raises:
        PlanError: Too many wires, counts or exact expectations that the backend does not give, or
            a work that asks for both or for neither.
    """
    wires = max((c.wires for c in work.circuits), default=0)
    if wires > capabilities.qubits:
        raise PlanError(
            f"backend `{name}` runs {capabilities.qubits} qubits here, a circuit has {wires}",
            hint="use fewer qubits, or a backend that `qml backends` shows with more",
        )
    if work.shots and work.observables:
        raise PlanError(
            "a submission asks for shots and for exact expectations at once",
            hint="observables need shots = 0; with shots, ask for counts",
        )
    if not work.shots and not work.observables and work.circuits:
        raise PlanError(
            "a submission asks for neither shots nor observables",
            hint="set `backend.shots`, or name the observables",
        )
    if work.shots and not capabilities.samples:
        raise PlanError(f"backend `{name}` gives no counts", hint="set `backend.shots = 0`")
    if work.observables and not capabilities.exact:
        raise PlanError(
            f"backend `{name}` gives no exact expectations as it is set up",
            hint="set `backend.shots` above 0, or take the noise away",
        )
