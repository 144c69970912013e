"""What D-Wave's annealers and hybrid solvers share: an account, labels, one problem a job."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from qml.backends.base import Intent, Job, Settings
from qml.backends.check import check
from qml.backends.cloud import CloudBackend
from qml.backends.cutting import cut
from qml.backends.dwave import answers
from qml.backends.dwave.account import PROVIDER, Account
from qml.backends.plugin import Plugin
from qml.backends.remote import Listed, Phase, Progress
from qml.circuits import Circuit, Work
from qml.circuits.ising import read_ising
from qml.errors import PlanError, UnknownSubmissionError
from qml.results.sizes import CircuitSize

VERSION = 1
"""Grows when what is sent for the same problem changes: results are stored under it."""


class DwaveService(CloudBackend):
    """One solver of D-Wave's cloud.

    Args:
        plugin: What it says of itself.
        settings: What it was opened with.
        device: Name of the solver.
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

    def poll(self, job: Job) -> Progress:
        """Ask once where a job stands."""
        phase = answers.phase(self._account.status(job.id))
        detail = self._account.messages(job.id) if phase is Phase.FAILED else None
        return Progress(phase=phase, detail=detail or None)

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

    def snapshot(self) -> Mapping[str, Any]:
        """Return versions, the solver and how it is used."""
        about = {"name": self.name, "packages": self._plugin.versions(), "place": self.place}
        return {**about, **self.identity()}

    def identity(self) -> Mapping[str, Any]:
        """Return all that decides results beside the work."""
        return {"provider": self.provider, "device": self.device, "version": VERSION}

    def close(self) -> None:
        """Release connections."""
        self._account.close()

    def _check(self, work: Work) -> None:
        check(work, self.capabilities, name=f"{self.provider}.{self.device}")

    def _only(self, work: Work) -> Circuit:
        """Return the one problem of a job.

        Raises:
            PlanError: The work lies outside the capabilities, or there are several.
        """
        self._check(work)
        if len(work.circuits) != 1:
            raise PlanError(f"a job of D-Wave holds one problem, not {len(work.circuits)}")
        return work.circuits[0]
