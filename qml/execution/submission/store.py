"""What submission needs of a store of results; `qml.records` has one."""

from collections.abc import Mapping
from typing import Any, Protocol

from qml.backends.base import Results
from qml.errors import ProviderError
from qml.execution.submission.draft import Draft


class ResultStore(Protocol):
    """Keeps the raw results of jobs by the digest of what decided them."""

    def get(self, digest: str, *, where: Mapping[str, str] | None = None) -> Results | None:
        """Return stored results, or None; a damaged entry counts as none and is told of.

        Args:
            digest: `digests.content` of the work.
            where: Facts that they must have been put with, e.g. the run that bought them.
        """
        ...

    def put(self, digest: str, results: Results, facts: Mapping[str, Any]) -> None:
        """Keep results, durably, with JSON facts on where they come from."""
        ...


def keep(store: ResultStore, draft: Draft, job_id: str, results: Results) -> None:
    """Keep the results of a job under the digest of what was bought.

    Raises:
        ProviderError: They are not what was bought: other than one count for each circuit.
    """
    found = len(results.counts or ())
    if found != draft.circuits:
        raise ProviderError(
            f"job {job_id} of {draft.provider} has counts of {found} circuits instead of"
            f" {draft.circuits}; they are not used",
            hint="look at the job in the vendor's console; `qml runs resume` reads it again",
        )
    facts = {
        "provider": draft.provider,
        "device": draft.device,
        "job_id": job_id,
        "key": draft.key,
        "run_id": draft.run_id,
        "name": draft.name,
    }
    store.put(draft.digest, results, facts)
