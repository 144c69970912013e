"""A hybrid solver of D-Wave's cloud: a model is uploaded, and worked on for a time."""

from collections.abc import Mapping
from typing import Any

import dimod

from qml.backends.base import Intent, Job, Results
from qml.backends.dwave import answers
from qml.backends.dwave.embedding import model_of
from qml.backends.dwave.service import DwaveService
from qml.backends.remote import Machine, Phase
from qml.circuits import Work
from qml.errors import ProviderError


class DwaveHybrid(DwaveService):
    """One hybrid solver; it takes whole problems, without chains.

    It returns as many samples as it likes, mostly one: the shots of the work are not looked at.
    """

    def identity(self) -> Mapping[str, Any]:
        """Return the solver and how long it works."""
        return {**super().identity(), "time_limit": self._section.time_limit}

    def seconds(self, work: Work) -> float:
        """Return the time that the solver is given, which is what is billed (seconds)."""
        return self._section.time_limit * len(work.circuits)

    @property
    def most_seconds(self) -> float:
        """Return the time that the solver is given."""
        return self._section.time_limit

    def submit(self, work: Work, intent: Intent) -> Job:
        """Upload a problem, then send it with exactly one request.

        Raises:
            ThrottledError: Refused for now, or the upload failed.
            RefusedError: Refused for certain.
            UnknownSubmissionError: Anything else that is no acceptance.
            PlanError: The work lies outside the capabilities.
        """
        model = model_of(self._only(work))
        with model.to_file() as file:
            uploaded = self._account.upload(file.read())
        params = {"time_limit": self._section.time_limit}
        return Job(id=self._account.refer(uploaded, label=intent.key, params=params))

    def fetch(self, job: Job) -> Results:
        """Read the samples of a job that is done."""
        status = self._account.status(job.id)
        if answers.phase(status) is not Phase.DONE:
            raise ProviderError(f"problem {job.id} has no results: it is {status.status}")
        found: dimod.SampleSet = self._account.samples(job.id)
        return answers.hybrid_results(found)

    def machine(self) -> Machine:
        """Tell nothing but that it is asked for: a hybrid solver has no queue of its own."""
        return Machine(available=True)
