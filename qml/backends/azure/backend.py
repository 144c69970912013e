"""A target of Azure Quantum: one circuit a job, under an id that the intent's key decides."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from qml.backends.azure import answers
from qml.backends.azure.account import Account
from qml.backends.azure.devices import SIMULATOR, target
from qml.backends.azure.ticket import Ticket, job_id
from qml.backends.azure.translate import abstract_input, native_input, size_of
from qml.backends.base import Intent, Job, Results, Settings
from qml.backends.check import check
from qml.backends.cloud import CloudBackend
from qml.backends.cutting import cut
from qml.backends.device import device_of
from qml.backends.plugin import Plugin
from qml.backends.remote import Listed, Machine, Phase, Progress
from qml.circuits import Circuit, Work
from qml.errors import PlanError, ProviderError
from qml.native import compile_native
from qml.results.sizes import CircuitSize
from qml.units import Money

VERSION = 1
"""Grows when what is sent for the same circuit changes: results are stored under it."""

FEWEST_DEBIASED = 500
_REMEMBERED = 10_000
_PROVIDER = "ionq"
_FORMATS = {
    "input_data_format": "ionq.circuit.v1",
    "output_data_format": "ionq.quantum-results.v1",
}


class Azure(CloudBackend):
    """One target of IonQ in a workspace of Azure Quantum.

    Args:
        plugin: What it says of itself.
        settings: What it was opened with.
        transport: What carries requests; azure-core's own where None.

    Raises:
        PlanError: Debiasing with fewer than 500 shots.
    """

    provider = "azure"

    def __init__(self, plugin: Plugin, settings: Settings, transport: Any = None) -> None:
        section = settings.section
        self.name = plugin.name
        self.device = device_of(section, plugin.name, section.azure.device)
        self.capabilities = plugin.capabilities(section)
        self.mitigated = section.azure.debiasing and self.device != SIMULATOR
        self._native = section.azure.native
        self._plugin = plugin
        self._target = target(self.device)
        self._written = lru_cache(_REMEMBERED)(self._write)
        self._account = Account(section.azure.workspace, settings.environ, transport)

    def ready(self) -> None:
        """Check that a workspace is named; only Azure can tell whether a login opens it.

        Raises:
            UsageError: None is, or not in the right form.
        """
        self._account.ready()

    def identity(self) -> Mapping[str, Any]:
        """Return the target, who compiles for it, and mitigation."""
        return {
            "provider": self.provider,
            "device": self._target.id,
            "compiler": "qml.native" if self._native else "vendor",
            "debiasing": self.mitigated,
            "version": VERSION,
        }

    def split(self, work: Work) -> Sequence[Work]:
        """Cut a batch into circuits: `ionq.circuit.v1` holds one.

        Raises:
            PlanError: The work lies outside the capabilities.
        """
        self._check(work)
        return cut(work, 1)

    def sizes(self, work: Work) -> Sequence[CircuitSize]:
        """Count the gates that are sent."""
        return [size_of(self._written(c)[0]) for c in work.circuits]

    def native(self, circuit: Circuit) -> Circuit | None:
        """Return a circuit in the machine's gates, marked verbatim; None where Azure compiles."""
        if not self._native:
            return None
        return compile_native(circuit, self._target.gateset).in_place()

    def submit(self, work: Work, intent: Intent) -> Job:
        """Upload a circuit and create its job with exactly one request.

        Raises:
            ThrottledError: Refused for now.
            RefusedError: Refused for certain.
            UnknownSubmissionError: Anything else that is no acceptance.
            PlanError: The work lies outside the capabilities.
        """
        self._check(work)
        if len(work.circuits) != 1:
            raise PlanError(f"a job of Azure Quantum holds one circuit, not {len(work.circuits)}")
        written, places = self._written(work.circuits[0])
        size = size_of(written)
        ticket = Ticket(
            intent=intent.key,
            places=places,
            shots=work.shots,
            seed=work.seed,
            one_qubit=size.one_qubit,
            two_qubit=size.two_qubit,
        )
        facts = {
            "name": f"qml {intent.key}",
            "provider_id": _PROVIDER,
            "target": self._target.id,
            "input_params": self._parameters(work.shots),
            "metadata": ticket.metadata(),
            **_FORMATS,
        }
        id_ = job_id(intent.key)
        self._account.create(id_, json.dumps(written).encode(), facts)
        return Job(id=id_)

    def poll(self, job: Job) -> Progress:
        """Ask once where a job stands."""
        return answers.progress(self._details(job))

    def fetch(self, job: Job) -> Results:
        """Download the results of a job that is done."""
        found = self._details(job)
        if answers.phase(found) is not Phase.DONE:
            raise ProviderError(f"job {job.id} has no results: it is {found.status}")
        content = self._account.output(found.output_data_uri)
        return answers.results(found, content, exact=found.target == target(SIMULATOR).id)

    def find(self, intent: Intent) -> Job | None:
        """Ask for the job of the intent's id: there cannot be two."""
        id_ = job_id(intent.key)
        return None if self._account.job(id_) is None else Job(id=id_)

    def billed(self, job: Job) -> Money | None:
        """Ask what the provider charged; None until it has told Azure."""
        return answers.bill(self._details(job))

    def cancel(self, job: Job) -> None:
        """Ask Azure to drop a job."""
        self._account.cancel(job.id)

    def jobs(self, since: float) -> Iterable[Listed]:
        """List the workspace's jobs on this target since a moment."""
        mine = (row for row in self._account.jobs() if row.target == self._target.id)
        rows = [answers.listed(row) for row in mine]
        return [row for row in rows if row.submitted is None or row.submitted >= since]

    def machine(self) -> Machine:
        """Ask how the target is doing."""
        return answers.machine(self._account.providers(), self._target.id)

    def snapshot(self) -> Mapping[str, Any]:
        """Return versions, the target and how it is used."""
        return {"name": self.name, "packages": self._plugin.versions(), **self.identity()}

    def close(self) -> None:
        """Release connections."""
        self._account.close()

    def _details(self, job: Job) -> Any:
        found = self._account.job(job.id)
        if found is None:
            raise ProviderError(f"the workspace has no job {job.id}")
        return found

    def _write(self, circuit: Circuit) -> tuple[dict[str, Any], tuple[int, ...]]:
        if not self._native:
            return abstract_input(circuit), tuple(range(circuit.wires))
        if circuit.verbatim:
            return native_input(circuit), tuple(range(circuit.wires))
        native = compile_native(circuit, self._target.gateset)
        return native_input(native.circuit), native.places

    def _parameters(self, shots: int) -> dict[str, Any]:
        """Mitigation is always said: left unsaid, IonQ turns it on from 500 shots."""
        if self.device == SIMULATOR:
            return {"shots": shots}
        return {"shots": shots, "error-mitigation": {"debias": self.mitigated}}

    def _check(self, work: Work) -> None:
        check(work, self.capabilities, name=f"{self.provider}.{self.device}")
        if self.mitigated and work.shots < FEWEST_DEBIASED:
            raise PlanError(
                f"debiasing needs {FEWEST_DEBIASED} shots, {work.shots} are asked for",
                hint="raise `backend.shots`, or set `backend.azure.debiasing = false`",
            )
