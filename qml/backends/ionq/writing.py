"""A job as qiskit-ionq writes it, built from its own classes and without a question to anybody.

`IonQProvider` and the backends it makes ask the vendor for a width while they are built, and read
a key and an address out of `.env`; the base class of those backends does neither.
"""

import warnings
from typing import Any, NamedTuple

from qiskit_ionq.exceptions import IonQTranspileLevelWarning
from qiskit_ionq.helpers import compress_to_metadata_string
from qiskit_ionq.ionq_backend import IonQBackend
from qiskit_ionq.ionq_job import IonQJob

from qml.backends.ionq.compilation import Compilation
from qml.backends.ionq.devices import SIMULATOR, api_name, known
from qml.backends.ionq.noise import seed_of
from qml.backends.ionq.ticket import Ticket
from qml.backends.ionq.translate import program
from qml.circuits import Work

MOST_WITH_HEADER = 1_000


class Terms(NamedTuple):
    """How a machine is to run a job.

    Attributes:
        device: The machine.
        noise: The vendor's noise model; the simulator alone has one.
        debiasing: Whether IonQ's error mitigation is on; it is always said, since IonQ takes
            silence for yes from 500 shots on.
        session: Id of the session, or None.
    """

    device: str
    noise: str
    debiasing: bool
    session: str | None = None


def write(
    work: Work, compilation: Compilation, ticket: Ticket, terms: Terms, client: Any
) -> IonQJob:
    """Write a job; one circuit is a job of IonQ's plain type, several are a multi-circuit job."""
    circuits = [
        program(compilation.of(circuit).circuit, str(place))
        for place, circuit in enumerate(work.circuits)
    ]
    return IonQJob(
        _description(compilation, terms, work.seed),
        client=client,
        circuit=circuits[0] if len(circuits) == 1 else circuits,
        passed_args=_arguments(work, ticket, terms),
    )


def _description(compilation: Compilation, terms: Terms, seed: int) -> IonQBackend:
    """Describe the machine to qiskit-ionq."""
    with warnings.catch_warnings():
        # a warning about Qiskit's transpiler, which is not used here
        warnings.simplefilter("ignore", IonQTranspileLevelWarning)
        return IonQBackend(
            provider=None,
            name=f"ionq_{api_name(terms.device)}",
            description="",
            gateset=compilation.gateset,
            num_qubits=known(terms.device).qubits,
            simulator=terms.device == SIMULATOR,
            noise_model=terms.noise,
            sampler_seed=seed_of(seed),
        )


def _arguments(work: Work, ticket: Ticket, terms: Terms) -> dict[str, Any]:
    metadata = ticket.metadata()
    if len(work.circuits) > MOST_WITH_HEADER:
        # qiskit-ionq describes every circuit here, and a value has at most 40,000 characters
        metadata["qiskit_header"] = compress_to_metadata_string({})
    arguments: dict[str, Any] = {
        "shots": work.shots,
        "name": f"qml {ticket.key[:8]}",
        "sampler_seed": seed_of(work.seed),
        "session_id": terms.session,
        "extra_metadata": metadata,
    }
    if terms.device != SIMULATOR:
        arguments["job_settings"] = {"error_mitigation": {"debiasing": terms.debiasing}}
    return arguments
