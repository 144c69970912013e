"""An annealer of D-Wave's cloud: one problem a job, found again by its label."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from qml.backends.base import Intent, Job, Results, Settings
from qml.backends.check import check
from qml.backends.cloud import CloudBackend
from qml.backends.cutting import cut
from qml.backends.dwave import answers
from qml.backends.dwave.account import DEFAULT, PROVIDER, Account
from qml.backends.dwave.embedding import Laid, lay
from qml.backends.dwave.timing import access_seconds, qubits_of
from qml.backends.plugin import Plugin
from qml.backends.remote import Listed, Machine, Phase, Progress
from qml.circuits import Circuit, Work
from qml.circuits.ising import read_ising
from qml.errors import PlanError, ProviderError, UnknownSubmissionError
from qml.results.sizes import CircuitSize

VERSION = 1
"""Grows when what is sent for the same problem changes: results are stored under it."""


class DwaveMachine(CloudBackend):
    """One machine.

    What it is sent are problems on its own qubits, as `placement` lays them.

    Args:
        plugin: What it says of itself.
        settings: What it was opened with.
        device: Name of the machine.
        timeout: Seconds to wait for a connection, and for an answer; the account's own where None.
    """

    provider = PROVIDER
    mitigated = False

    def __init__(
        self,
        plugin: Plugin,
        settings: Settings,
        device: str,
        timeout: tuple[float, float] | None = None,
    ) -> None:
        self.name = plugin.name
        self.device = device
        self.capabilities = plugin.capabilities(settings.section)
        self._section = settings.section.dwave
        self._plugin = plugin
        limits = () if timeout is None else (timeout,)
        self._account = Account(settings.environ, device, *limits)

    @property
    def place(self) -> str | None:
        """Host that answers in place of D-Wave, or None."""
        host = urlsplit(self._account.endpoint).hostname or ""
        return None if host.endswith(".dwavesys.com") else host

    def ready(self) -> None:
        """Check that there is a key.

        Raises:
            UsageError: There is none.
        """
        _ = self._account.token

    def identity(self) -> Mapping[str, Any]:
        """Return the machine and how it anneals."""
        return {
            "provider": self.provider,
            "device": self.device,
            "annealing_time": self._section.annealing_time,
            "version": VERSION,
        }

    def placement(self, circuit: Circuit) -> Laid:
        """Lay a problem on the machine's qubits."""
        machine = self._account.machine
        adjacency: dict[int, set[int]] = {q: set() for q in machine.nodes}
        for low, high in machine.undirected_edges:
            adjacency[low].add(high)
            adjacency[high].add(low)
        return lay(
            circuit,
            adjacency,
            sorted(machine.undirected_edges),
            chain_strength=self._section.chain_strength,
            seed=self._section.embedding_seed,
        )

    def split(self, work: Work) -> Sequence[Work]:
        """Cut a batch into problems: a job holds one.

        Raises:
            PlanError: The work lies outside the capabilities, or is no Ising problem.
        """
        self._check(work)
        return cut(work, 1)

    def sizes(self, work: Work) -> Sequence[CircuitSize]:
        """Count fields and couplings, which are what an annealer has for gates."""
        problems = [read_ising(circuit) for circuit in work.circuits]
        return [CircuitSize(one_qubit=len(p.fields), two_qubit=len(p.couplings)) for p in problems]

    def seconds(self, work: Work) -> float:
        """Estimate the access time, D-Wave's unit of billing (seconds)."""
        machine = self._account.machine if self._account.connected else None
        return sum(
            access_seconds(
                machine,
                qubits=self._qubits(circuit),
                reads=work.shots,
                annealing_time=self._section.annealing_time,
            )
            for circuit in work.circuits
        )

    def submit(self, work: Work, intent: Intent) -> Job:
        """Send one problem with exactly one request.

        Raises:
            ThrottledError: Refused for now.
            RefusedError: Refused for certain.
            UnknownSubmissionError: Anything else that is no acceptance.
            PlanError: The work lies outside the capabilities.
        """
        self._check(work)
        if len(work.circuits) != 1:
            raise PlanError(f"a job of D-Wave holds one problem, not {len(work.circuits)}")
        problem = read_ising(work.circuits[0])
        anneal = self._section.annealing_time
        id_ = self._account.submit(
            problem.fields,
            problem.couplings,
            label=intent.key,
            reads=work.shots,
            **({} if anneal is None else {"annealing_time": anneal}),
        )
        return Job(id=id_)

    def poll(self, job: Job) -> Progress:
        """Ask once where a job stands."""
        phase = answers.phase(self._account.status(job.id))
        detail = self._account.messages(job.id) if phase is Phase.FAILED else None
        return Progress(phase=phase, detail=detail or None)

    def fetch(self, job: Job) -> Results:
        """Read the reads of a job that is done: counts of the qubits in use, ascending."""
        status = self._account.status(job.id)
        if answers.phase(status) is not Phase.DONE:
            raise ProviderError(f"problem {job.id} has no results: it is {status.status}")
        return answers.results(self._account.answer(job.id))

    def find(self, intent: Intent) -> Job | None:
        """Look for the problem of this label."""
        found = self._account.labelled(intent.key)
        if len(found) > 1:
            ids = ", ".join(row.id for row in found)
            raise UnknownSubmissionError(f"D-Wave has {len(found)} problems {intent.key}: {ids}")
        return Job(id=found[0].id) if found else None

    def cancel(self, job: Job) -> None:
        """Ask D-Wave to drop a job."""
        self._account.cancel(job.id)

    def jobs(self, since: float) -> Iterable[Listed]:
        """List the account's problems on this machine since a moment."""
        rows = [answers.listed(row) for row in self._account.problems()]
        return [row for row in rows if row.submitted is None or row.submitted >= since]

    def machine(self) -> Machine:
        """Ask how the machine is doing."""
        return answers.machine(self._account.machine)

    def snapshot(self) -> Mapping[str, Any]:
        """Return versions, the machine, its graph and how it is used."""
        graph = self._account.machine.graph_id if self._account.connected else None
        about = {"name": self.name, "packages": self._plugin.versions(), "graph": graph}
        return {**about, **self.identity(), "endpoint": None if self.place is None else DEFAULT}

    def close(self) -> None:
        """Release connections."""
        self._account.close()

    def _check(self, work: Work) -> None:
        check(work, self.capabilities, name=f"{self.provider}.{self.device}")

    def _qubits(self, circuit: Circuit) -> int:
        """Count the qubits of a problem that was laid, or estimate those of one that was not."""
        used = len(read_ising(circuit).fields)
        return used if circuit.wires > used else qubits_of(circuit.wires)
