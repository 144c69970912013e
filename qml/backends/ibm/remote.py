"""A real machine of IBM: jobs live there, and cost money on every plan but the open one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from qiskit_ibm_runtime.executor_sampler import Sampler

from qml.backends.base import Intent, Job, Results, Settings
from qml.backends.check import check
from qml.backends.cloud import CloudBackend
from qml.backends.ibm import asking, compiling, sampling, timing
from qml.backends.ibm.account import Account
from qml.backends.ibm.answers import reading, submitting
from qml.backends.ibm.compiling import Compiler
from qml.backends.ibm.local import fake
from qml.backends.ibm.machines import PROVIDER, limits, twin
from qml.backends.ibm.splitting import parts
from qml.backends.ibm.ticket import Ticket, tag
from qml.backends.plugin import Plugin
from qml.backends.remote import Listed, Machine, Phase, Progress
from qml.circuits import Work
from qml.errors import ProviderError, TransientError, UnknownSubmissionError
from qml.results.sizes import CircuitSize
from qml.results.usage import Usage


class IbmRemote(CloudBackend):
    """A machine of IBM Quantum.

    Args:
        plugin: What it says of itself.
        settings: What it was opened with.
        device: Name of the machine, e.g. `ibm_torino`.
    """

    provider = PROVIDER
    mitigated = False

    def __init__(self, plugin: Plugin, settings: Settings, device: str) -> None:
        self.name = f"{PROVIDER}.{device}"
        self.device = device
        self.capabilities = plugin.capabilities(settings.section)
        self._plugin = plugin
        self._section = settings.section.ibm
        self._account = Account(self._section, settings.environ, device)
        self._limits = limits(device)
        self._jobs: dict[str, Any] = {}

    def ready(self) -> None:
        """Check that there is a key; nobody is asked."""
        _ = self._account.token

    def identity(self) -> Mapping[str, Any]:
        """Return the machine and the way of compilation."""
        return {
            "provider": self.provider,
            "device": self.device,
            "fractional": self._section.fractional,
            "compiler": {"level": compiling.LEVEL, "seed": compiling.SEED},
        }

    def snapshot(self) -> Mapping[str, Any]:
        """Return versions, settings and, where IBM was asked already, the calibration."""
        machine = self._account.machine if self._account.connected else None
        return {
            "name": self.name,
            "packages": self._plugin.versions(),
            "plan": self._section.plan,
            "mode": self._section.mode,
            "calibrated": asking.calibrated(machine) if machine is not None else None,
            **self.identity(),
        }

    def split(self, work: Work) -> Sequence[Work]:
        """Cut a batch into what one job may hold.

        Raises:
            PlanError: The work lies outside the capabilities, or has too many shots.
        """
        check(work, self.capabilities, name=self.name)
        return parts(work, self._limits, self.name)

    def sizes(self, work: Work) -> Sequence[CircuitSize]:
        """Count compiled gates: for the machine where it is known, else for its snapshot."""
        return [made.size for made in self._compiler.run(work.circuits)]

    @property
    def most_seconds(self) -> float | None:
        """Return `[backend.ibm] max_execution_time`, after which IBM cancels a job."""
        return self._section.max_execution_time

    def seconds(self, work: Work) -> float | None:
        """Estimate the seconds that one job occupies the machine (`timing`)."""
        return timing.busy(self._compiler, self._limits, work.circuits, work.shots)

    def submit(self, work: Work, intent: Intent) -> Job:
        """Send one job with exactly one request.

        Raises:
            PlanError: The work lies outside the capabilities; nothing was sent.
            ThrottledError: Refused for now, or IBM was not reached.
            RefusedError: Refused for certain.
            UnknownSubmissionError: Anything else.
        """
        check(work, self.capabilities, name=self.name)
        self.ready()
        with submitting(self._account.wire, self._account.token):
            made = self._send(work, intent)
            job = Job(id=str(made.job_id()))
        self._jobs[job.id] = made
        return job

    def poll(self, job: Job) -> Progress:
        """Ask once where a job stands."""
        with reading(f"job {job.id}", self._account.token):
            return asking.progress(self._job(job))

    def fetch(self, job: Job) -> Results:
        """Read the results of a job that is done; `usage.seconds` is what IBM counts."""
        with reading(f"results of job {job.id}", self._account.token):
            made = self._job(job)
            phase = asking.phase(made)
            if not phase.final:
                raise TransientError(f"job {job.id} is {phase} still")
            if phase is not Phase.DONE:
                raise ProviderError(f"job {job.id} ended as {phase}: it has no results")
            counts = sampling.read(made.result())
            ticket = Ticket.read(made.tags)
            told = ticket.usage or Usage(
                submissions=1, circuits=len(counts), shots=sum(c.shots for c in counts)
            )
            return Results(counts=counts, usage=replace(told, seconds=asking.seconds(made)))

    def find(self, intent: Intent) -> Job | None:
        """Look for the job with the intent's tag.

        Raises:
            UnknownSubmissionError: Two jobs carry it.
        """
        wanted = tag(intent.key)
        with reading("IBM's list of jobs", self._account.token):
            listed = self._account.service.jobs(limit=None, job_tags=[wanted])
            found = {str(j.job_id()): j for j in listed if wanted in (j.tags or ())}
        if len(found) > 1:
            raise UnknownSubmissionError(
                f"IBM has {len(found)} jobs of one intent: {', '.join(sorted(found))}",
                hint="cancel all but one, then `qml jobs adopt`",
            )
        self._jobs.update(found)
        return next((Job(id=i) for i in found), None)

    def cancel(self, job: Job) -> None:
        """Ask IBM to drop a job; what has ended stays as it is."""
        with reading(f"cancelling job {job.id}", self._account.token):
            asking.cancel(self._job(job))
        self._jobs.pop(job.id, None)

    def jobs(self, since: float) -> Iterable[Listed]:
        """List the account's jobs on this machine since a moment."""
        with reading("IBM's list of jobs", self._account.token):
            found = self._account.service.jobs(
                limit=None,
                backend_name=self.device,
                created_after=datetime.fromtimestamp(since, UTC),
            )
            rows = [asking.listed(job) for job in found]
        return [row for row in rows if row.submitted is None or row.submitted >= since]

    def machine(self) -> Machine:
        """Ask how the machine is doing."""
        with reading(f"machine `{self.device}`", self._account.token):
            return asking.machine(self._account.machine)

    def close(self) -> None:
        """Close the batch or session, if one was opened."""
        self._account.close()
        self._jobs.clear()

    @property
    def _compiler(self) -> Compiler:
        """Compiles for the machine as soon as IBM was asked for it, until then for its snapshot."""
        return self._for_machine if self._account.connected else self._for_snapshot

    @cached_property
    def _for_machine(self) -> Compiler:
        return Compiler(self._account.machine)

    @cached_property
    def _for_snapshot(self) -> Compiler:
        return Compiler(fake(twin(self.device)))

    def _send(self, work: Work, intent: Intent) -> Any:
        """Compile for the machine and hand over; only the last step sends a submission."""
        programs = [made.program for made in self._for_machine.run(work.circuits)]
        options = {
            "environment": {"job_tags": Ticket(intent.key, self.usage(work)).tags()},
            "max_execution_time": self._section.max_execution_time,
        }
        sampler = Sampler(mode=self._account.mode, options=options)
        return sampling.send(sampler, programs, work.shots)

    def _job(self, job: Job) -> Any:
        if job.id not in self._jobs:
            self._jobs[job.id] = self._account.service.job(job.id)
        return self._jobs[job.id]
