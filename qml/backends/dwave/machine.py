"""An annealer of D-Wave's cloud: one problem a job, found again by its label."""

from collections.abc import Mapping
from typing import Any

from qml.backends.base import Intent, Job, Results
from qml.backends.dwave import answers
from qml.backends.dwave.embedding import Laid, lay
from qml.backends.dwave.service import DwaveService
from qml.backends.dwave.timing import access_seconds, qubits_of
from qml.backends.remote import Machine, Phase
from qml.circuits import Circuit, Work
from qml.circuits.ising import read_ising
from qml.errors import ProviderError


class DwaveMachine(DwaveService):
    """One machine.

    What it is sent are problems on its own qubits, as `placement` lays them.
    """

    def identity(self) -> Mapping[str, Any]:
        """Return the machine and how it anneals."""
        return {**super().identity(), "annealing_time": self._section.annealing_time}

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
        problem = read_ising(self._only(work))
        anneal = self._section.annealing_time
        params = {"num_reads": work.shots, "annealing_time": anneal}
        id_ = self._account.anneal(
            problem.fields,
            problem.couplings,
            label=intent.key,
            params={k: v for k, v in params.items() if v is not None},
        )
        return Job(id=id_)

    def fetch(self, job: Job) -> Results:
        """Read the reads of a job that is done: counts of the qubits in use, ascending."""
        status = self._account.status(job.id)
        if answers.phase(status) is not Phase.DONE:
            raise ProviderError(f"problem {job.id} has no results: it is {status.status}")
        return answers.results(self._account.reads(job.id))

    def machine(self) -> Machine:
        """Ask how the machine is doing."""
        return answers.machine(self._account.machine)

    def snapshot(self) -> Mapping[str, Any]:
        """Return versions, the machine, its graph and how it is used."""
        graph = self._account.machine.graph_id if self._account.connected else None
        return {**super().snapshot(), "graph": graph}

    def _qubits(self, circuit: Circuit) -> int:
        """Count the qubits of a problem that was laid, or estimate those of one that was not."""
        used = len(read_ising(circuit).fields)
        return used if circuit.wires > used else qubits_of(circuit.wires)
