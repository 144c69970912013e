"""What the emulator does with jobs: accept, run, show, cancel, delete."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qml.emulators.ionq import views
from qml.emulators.ionq.answers import ApiError, not_found
from qml.emulators.ionq.billing import price
from qml.emulators.ionq.devices import DEVICES, IDEAL, rates_of
from qml.emulators.ionq.faults import FATES, struck
from qml.emulators.ionq.jobs import ENDED, MULTI, Fate, Job
from qml.emulators.ionq.loading import load_simulator
from qml.emulators.ionq.options import Options
from qml.emulators.ionq.recent import Recent
from qml.emulators.ionq.requests import child_ids, deciding, mitigated, new_id, read_request
from qml.emulators.ionq.sessions import Sessions
from qml.emulators.ionq.store import Store
from qml.files import digest_json
from qml.ports import Clock

if TYPE_CHECKING:
    from qml.emulators.ionq.programs import Program
    from qml.emulators.ionq.simulate import Outcomes

_KEPT_RESULTS = 256
_KEPT_PROGRAMS = 16
_FATES = {
    "job-failed": Fate(
        state="failed", code="QuantumComputerError", message="The quantum computer failed."
    ),
    "quota-exhausted": Fate(
        state="failed", code="QuotaExhaustedError", message="The quota is exhausted."
    ),
    "job-canceled": Fate(state="canceled", code="SystemCancel", message="Canceled by the system."),
}
_ENDLESS = 1e9


@dataclass(frozen=True, slots=True)
class Ran:
    """One circuit that was run."""

    program: "Program"
    outcomes: "Outcomes"
    seed: list[int]


class Service:
    """Jobs and sessions of one emulator.

    Args:
        options: How it behaves.
        clock: What time it is.

    Raises:
        UsageError: The state file cannot be used.
    """

    def __init__(self, options: Options, clock: Clock) -> None:
        self.options = options
        self.clock = clock
        self.store = Store(options.state)
        self.sessions = Sessions(self.store, clock)
        self._ran: Recent[list[Ran]] = Recent(_KEPT_RESULTS)
        self._programs: Recent[list[Program]] = Recent(_KEPT_PROGRAMS)
        self._lock = threading.Lock()

    def accept(self, body: Mapping[str, Any], number: int) -> Job:
        """Check a submission and make a job of it; there is no de-duplication.

        Args:
            body: What was sent.
            number: Which POST it is, for the faults; 0 for none.

        Raises:
            ApiError: The submission is refused.
        """
        request, programs = read_request(
            body, noise=self.options.noise, strictly=self.options.strict
        )
        given = body["input"]
        fault = self.struck(FATES, number)
        gates = tuple(program.counts for program in programs)
        job_id = new_id()
        job = Job(
            id=job_id,
            request=request,
            digest=digest_json(deciding(request, given)),
            gates=gates,
            qubits=max(program.qubits for program in programs),
            children=child_ids(job_id, len(programs)) if request["type"] == MULTI else (),
            price=price(
                request["backend"],
                gates,
                request["shots"],
                mitigated=mitigated(request),
                minimum=self.options.minimum,
            ),
            mitigated=mitigated(request),
            submitted_at=self.clock.now(),
            wait=self._wait(fault),
            hidden=self.options.slow if fault == "lost-listing" else 0.0,
            fate=_FATES.get(fault or "") or _fate(request, programs),
        )
        with self.store.transaction():
            if request["session_id"] is not None:
                self.sessions.admit(job, self.jobs())
            stored = self.store.add_job(job, given)
        self._programs[stored.id] = programs
        return stored

    def struck(self, kinds: Iterable[str], number: int) -> str | None:
        """Return and count the fault among `kinds` that strikes a request; 0 is never struck."""
        if not number:
            return None
        fault = struck(self.options.faults, kinds, self.options.seed, number)
        if fault is not None:
            self.store.count(f"fault/{fault}")
        return fault

    def jobs(self) -> list[Job]:
        """Return all jobs, newest first, deleted ones as well."""
        return self.store.jobs()

    def job(self, job_id: str) -> Job:
        """Return a job or a child of one.

        Raises:
            ApiError: 404, there is none, or it was deleted.
        """
        home = self.store.parent_of(job_id)
        job = self.store.job(home[0] if home else job_id)
        if job is None or job.deleted:
            raise not_found(f"Job {job_id}")
        return views.child(job, home[1]) if home else job

    def whole(self, job_id: str) -> Job:
        """Return a job that is no child of another.

        Raises:
            ApiError: 404, there is none; 409, it is a child.
        """
        job, parent = self.job(job_id), self.store.parent_of(job_id)
        if parent is not None:
            raise ApiError(409, f"Job {job_id} is a part of job {parent[0]}.")
        return job

    def cancel(self, job_id: str) -> None:
        """Cancel a job that has not ended; what was reserved for it is released.

        Raises:
            ApiError: 404, there is none; 409, it has ended, or is a child.
        """
        now = self.clock.now()
        with self.store.transaction():
            state = self.whole(job_id).state(now)
            if state == "canceled":
                return
            if state in ENDED:
                raise ApiError(409, f"Job {job_id} is {state} and cannot be canceled.")
            self.store.cancel_job(job_id, now)

    def delete(self, job_id: str) -> None:
        """Delete a job; one that has not ended is cancelled first, and what was billed stays so.

        Raises:
            ApiError: 404, there is none; 409, it is a child.
        """
        now = self.clock.now()
        with self.store.transaction():
            if self.whole(job_id).state(now) not in ENDED:
                self.store.cancel_job(job_id, now)
            self.store.delete_job(job_id)

    def results(self, job_id: str) -> list[Ran]:
        """Run the circuits of a completed job, or of a child; the same job gives the same results.

        Raises:
            ApiError: 404, there is none, it has not completed, or it was a dry run.
        """
        job = self.job(job_id)
        if job.state(self.clock.now()) != "completed" or job.dry_run:
            raise ApiError(404, f"Job {job_id} has no results.")
        home = self.store.parent_of(job_id)
        parent = self.store.job(home[0]) if home else job
        assert parent is not None
        with self._lock:
            if parent.id not in self._ran:
                self._ran[parent.id] = self._run(parent)
            ran = self._ran[parent.id]
        return [ran[home[1]]] if home else ran

    def _run(self, job: Job) -> list[Ran]:
        from threadpoolctl import threadpool_limits

        load_simulator()
        from qml.emulators.ionq.programs.circuits import read_programs
        from qml.emulators.ionq.simulate import run

        programs = self._programs.get(job.id)
        if programs is None:
            programs = read_programs(job.request["type"], self.store.input_of(job.id))
        rates = rates_of(job.request["noise"]["model"])
        root = [self.options.seed, int(job.digest[:16], 16)]
        with threadpool_limits(1, "blas"):  # matrices are small: threads would only wait
            return [
                Ran(program, run(program, rates, job.shots, [*root, place]), [*root, place])
                for place, program in enumerate(programs)
            ]

    def _wait(self, fault: str | None) -> float:
        if fault == "slow-queue":
            return max(10 * self.options.queue, self.options.slow)
        return _ENDLESS if fault == "endless-queue" else self.options.queue

    def close(self) -> None:
        """Close the state file."""
        self.store.close()


def _fate(request: Mapping[str, Any], programs: list["Program"]) -> Fate:
    """Tell how a job ends by itself: what the machine cannot run fails after acceptance."""
    from qml.emulators.ionq.programs import Measure, Reset
    from qml.emulators.ionq.simulate import MOST_BRANCHINGS, MOST_EXACT_QUBITS, MOST_QUBITS

    device = DEVICES[request["backend"]]
    qubits = max(program.qubits for program in programs)
    if qubits > device.qubits:
        return _failed("NotEnoughQubits", f"{qubits} qubits asked for, {device.qubits} there.")
    exact = request["noise"]["model"] == IDEAL
    most = MOST_EXACT_QUBITS if exact else MOST_QUBITS
    if max(len(program.active) for program in programs) > most:
        kind = "exact" if exact else "sampled"
        return _failed(
            "SimulationError", f"The emulator gives {kind} results of at most {most} used qubits."
        )
    for program in programs:
        foreign = program.gates - {*device.native, "nop"}
        if foreign:
            return _failed("UnsupportedGate", f"{device.name} has no {', '.join(sorted(foreign))}.")
        splits = sum(isinstance(step, Measure | Reset) for step in program.steps)
        if exact and program.dynamic and splits > MOST_BRANCHINGS:
            return _failed(
                "SimulationError",
                f"Exact results of {splits} measurements and resets, at most {MOST_BRANCHINGS} "
                "are followed: name a noise model, or run on a machine.",
            )
    return Fate()


def _failed(code: str, message: str) -> Fate:
    return Fate(state="failed", code=code, message=message)
