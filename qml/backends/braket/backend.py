"""A machine or cloud simulator of Amazon Braket: tasks in an AWS account."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from qml.backends.base import Intent, Job, Results, Settings
from qml.backends.braket.account import Account
from qml.backends.braket.devices import device
from qml.backends.braket.machine import read_limit, read_machine
from qml.backends.braket.results import read_results
from qml.backends.braket.source import size_of
from qml.backends.braket.tasks import equal, listed, progress, request
from qml.backends.braket.translate import SIMULATED, program, verbatim
from qml.backends.check import check
from qml.backends.cloud import CloudBackend
from qml.backends.cutting import cut
from qml.backends.plugin import Plugin
from qml.backends.remote import Listed, Machine, Phase, Progress
from qml.circuits import Circuit, Work
from qml.errors import ProviderError, TransientError, UnknownSubmissionError
from qml.native import compile_native
from qml.results.sizes import CircuitSize

VERSION = 1
"""Grows when what is sent for the same circuit changes: results are stored under it."""

_REMEMBERED = 10_000
_UPDATES_A_SECOND = 1e9


class Braket(CloudBackend):
    """One device of Amazon Braket.

    Args:
        plugin: What it says of itself.
        settings: What it was opened with.
        name: The device's name in `devices`.
    """

    provider = "braket"
    mitigated = False

    def __init__(self, plugin: Plugin, settings: Settings, name: str) -> None:
        section = settings.section
        self.name = plugin.name
        self.device = name
        self.capabilities = plugin.capabilities(section)
        self._plugin = plugin
        self._facts = device(name)
        self._programs = self._facts.programs if section.braket.program_sets else 1
        self._account = Account(self._facts, section.braket.bucket)
        self._limits: list[dict[str, Any]] | str | None = None
        self._source = lru_cache(_REMEMBERED)(self._write)

    def ready(self) -> None:
        """Check that there are credentials.

        Raises:
            UsageError: There are none.
        """
        self._account.ready()

    def identity(self) -> Mapping[str, Any]:
        """Return the device, and who compiles for it."""
        compiler = "qml.native" if self._facts.native else "vendor"
        return {
            "provider": self.provider,
            "device": self._facts.arn,
            "compiler": compiler,
            "version": VERSION,
        }

    def split(self, work: Work) -> Sequence[Work]:
        """Cut a batch into tasks: program sets where the device takes them.

        Raises:
            PlanError: The work lies outside the capabilities.
        """
        self._check(work)
        return cut(work, self._programs)

    def sizes(self, work: Work) -> Sequence[CircuitSize]:
        """Count the gates that are sent."""
        return [size_of(self._source(c)) for c in work.circuits]

    def native(self, circuit: Circuit) -> Circuit | None:
        """Return a circuit in the machine's gates, marked verbatim; None where Braket compiles."""
        return compile_native(circuit, "forte").in_place() if self._facts.native else None

    def seconds(self, work: Work) -> float | None:
        """Guess the time that a cloud simulator bills; None for machines, which bill shots.

        A guess at a billion amplitudes a second; AWS bills at least three seconds.
        """
        if not self._facts.simulator:
            return None
        copies = 2 if self.device == "dm1" else 1
        updates = sum(
            (s.one_qubit + s.two_qubit) * 2.0 ** (copies * s.qubits) for s in self.sizes(work)
        )
        return float(updates / _UPDATES_A_SECOND)

    def submit(self, work: Work, intent: Intent) -> Job:
        """Send one task with exactly one request.

        Raises:
            ThrottledError: Refused for now.
            RefusedError: Refused for certain.
            UnknownSubmissionError: Anything else that is no acceptance.
            PlanError: The work lies outside the capabilities.
        """
        self._check(work)
        sources = [self._source(c) for c in work.circuits]
        asked = request(self._facts.arn, sources, work.shots, intent.key)
        return Job(id=self._account.create(asked))

    def poll(self, job: Job) -> Progress:
        """Ask once where a task stands."""
        return progress(self._task(job))

    def fetch(self, job: Job) -> Results:
        """Read the results of a task from S3."""
        task = self._task(job)
        found = progress(task)
        if found.phase is not Phase.DONE:
            raise ProviderError(f"task {job.id} has no results: it is {found.phase}")
        bucket, folder = task["outputS3Bucket"], task["outputS3Directory"]

        def load(path: str) -> bytes:
            return self._account.read(bucket, f"{folder}/{path}")

        return read_results(load("results.json"), load)

    def find(self, intent: Intent) -> Job | None:
        """Look through the device's tasks for the key; AWS cannot search by tag."""
        ids = [row.id for row in self.jobs(0.0) if row.key == intent.key]
        if len(ids) > 1:
            raise UnknownSubmissionError(
                f"Amazon Braket has {len(ids)} tasks of key {intent.key}: {', '.join(ids)}",
                hint="cancel what is not wanted, then `qml jobs adopt` the other",
            )
        return Job(id=ids[0]) if ids else None

    def cancel(self, job: Job) -> None:
        """Ask AWS to drop a task."""
        self._account.call("cancel_quantum_task", quantumTaskArn=job.id)

    def jobs(self, since: float) -> Iterable[Listed]:
        """List the device's tasks since a moment.

        The moment is compared here: AWS does not document how to write it in a filter.
        """
        filters = equal("deviceArn", self._facts.arn)
        rows = self._account.pages("search_quantum_tasks", "quantumTasks", filters=filters)
        found = [listed(row) for row in rows]
        return [row for row in found if row.submitted is None or row.submitted >= since]

    def machine(self) -> Machine:
        """Ask for the device's state and for the account's spending limits on it."""
        facts = self._account.call("get_device", deviceArn=self._facts.arn)
        self._limits = self._spending_limits()
        return read_machine(facts, self._limits)

    def snapshot(self) -> Mapping[str, Any]:
        """Return versions and the device; spending limits where `machine` was asked before."""
        return {
            "name": self.name,
            "packages": self._plugin.versions(),
            **self.identity(),
            "spending_limits": self._limits,
        }

    def close(self) -> None:
        """Release connections."""
        self._account.close()

    def _spending_limits(self) -> list[dict[str, Any]] | str:
        """Read the limits, or say why they cannot be: a policy may allow tasks and not this."""
        filters = equal("deviceArn", self._facts.arn)
        rows = self._account.pages("search_spending_limits", "spendingLimits", filters=filters)
        try:
            return [read_limit(row) for row in rows]
        except TransientError:
            raise
        except ProviderError as error:
            return error.message

    def _check(self, work: Work) -> None:
        check(work, self.capabilities, name=f"{self.provider}.{self.device}")

    def _task(self, job: Job) -> dict[str, Any]:
        return self._account.call(
            "get_quantum_task", quantumTaskArn=job.id, additionalAttributeNames=["QueueInfo"]
        )

    def _write(self, circuit: Circuit) -> str:
        if self._facts.native and circuit.verbatim:
            return verbatim(circuit, tuple(range(circuit.wires)))
        if self._facts.native:
            native = compile_native(circuit, "forte")
            return verbatim(native.circuit, native.places)
        return program(circuit, SIMULATED) if self._facts.simulator else program(circuit)
