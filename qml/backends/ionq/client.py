"""The one place that talks to IonQ, through qiskit-ionq's client with its repetitions taken off.

qiskit-ionq repeats a submission after 429, 502, 503, 504 and 520 to 529, and questions without
end; `__wrapped__` is the method beneath the repetition: one request, with a timeout of 30 s for
connecting and for every read. Questions are repeated by `qml.execution`, which can be stopped.
"""

from collections.abc import Callable, Mapping
from typing import Any

from qiskit_ionq.ionq_client import IonQClient

from qml.backends.ionq.access import Access
from qml.backends.ionq.answers import Trouble, trouble_of
from qml.errors import UnknownSubmissionError

_submit = IonQClient.submit_job.__wrapped__
_retrieve = IonQClient.retrieve_job.__wrapped__
_results = IonQClient.get_results.__wrapped__
_artifact = IonQClient.get_artifact.__wrapped__
_cancel = IonQClient.cancel_job.__wrapped__
_post = IonQClient.post.__wrapped__

Document = Mapping[str, Any]


class Client:
    """IonQ's API.

    Args:
        access: Where it is, and the key.
    """

    def __init__(self, access: Access) -> None:
        self._access = access
        self._vendor = IonQClient(access.key, access.url)

    def submit(self, job: Any) -> str:
        """Send a job with exactly one POST; return its id.

        Args:
            job: A `qiskit_ionq.ionq_job.IonQJob` that was not sent.

        Raises:
            ThrottledError: Refused for now, or not even connected.
            RefusedError: Refused for certain.
            UnknownSubmissionError: Anything else.
        """
        self._access.require()
        try:
            answer = _submit(self._vendor, job)
        except Exception as error:  # noqa: BLE001 - whatever it is, a job may exist
            raise self._trouble(error).of_submission() from None
        job_id = answer.get("id") if isinstance(answer, Mapping) else None
        if not isinstance(job_id, str) or not job_id:
            raise UnknownSubmissionError("IonQ answered a submission without the job's id")
        return job_id

    def job(self, job_id: str) -> Document:
        """Return a job."""
        return self._document(_retrieve, job_id)

    def results(self, url: str) -> Document:
        """Return what lies at an address that a job names (`/v0.4/jobs/ID/results/...`)."""
        return self._document(_results, url)

    def artifact(self, job_id: str, artifact: str) -> Document:
        """Return a result by its id."""
        return self._document(_artifact, job_id, artifact)

    def cancel(self, job_id: str) -> None:
        """Cancel a job; one that is done stays done."""
        self._ask(_cancel, job_id)

    def post(self, *path: str, body: Mapping[str, Any] | None = None) -> Document:
        """Post something that is no job, once."""
        return self._document(_post, *path, json_body=dict(body or {}))

    def estimate(self, **job: Any) -> Document:
        """Ask what a circuit would cost; the whole answer, of which the client reads a part."""
        return self._document(lambda vendor: vendor.estimate_job(**job).to_dict())

    def get(self, *path: str, params: Mapping[str, Any] | None = None) -> Document:
        """Ask for what the client has no method for."""
        return self._document(_get, path, params, public=False)

    def public(self, *path: str, params: Mapping[str, Any] | None = None) -> Document:
        """Ask without the key for what needs none."""
        return self._document(_get, path, params, public=True)

    def _document(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Document:
        answer = self._ask(call, *args, **kwargs)
        if not isinstance(answer, Mapping):
            text = f"it answered with {type(answer).__name__} where an object belongs"
            raise Trouble(text=text).of_reading()
        return answer

    def _ask(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Ask once.

        Raises:
            TransientError: No answer, or one that a repetition may mend.
            ProviderError: The vendor refused.
        """
        if not kwargs.get("public"):
            self._access.require()
        try:
            return call(self._vendor, *args, **kwargs)
        except Exception as error:  # noqa: BLE001 - the client stumbles over unlike bodies in unlike ways
            raise self._trouble(error).of_reading() from None

    def _trouble(self, error: Exception) -> Trouble:
        return trouble_of(error, self._access.key)


def _get(
    vendor: Any, path: tuple[str, ...], params: Mapping[str, Any] | None, *, public: bool
) -> Any:
    from qiskit_ionq.exceptions import IonQAPIError

    headers = {k: v for k, v in vendor.api_headers.items() if not (public and k == "Authorization")}
    answer = vendor.get_with_retry(vendor.make_path(*path), params=params, headers=headers)
    IonQAPIError.raise_for_status(answer)
    return answer.json()
