"""The workspace behind a target: Azure's own client with its retries off.

A job has the id that we choose and is created by PUT, so that a repetition cannot be another job.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import ResourceNotFoundError
from azure.quantum import Workspace
from azure.quantum._client import WorkspaceClient
from azure.quantum._client.models import BlobDetails, JobDetails
from azure.storage.blob import BlobClient, ContainerClient, ContentSettings

from qml import credentials
from qml.backends.azure.faults import preparing, reading, submitting
from qml.errors import UsageError

CONNECTION = "AZURE_QUANTUM_CONNECTION_STRING"
_SCOPE = "https://quantum.microsoft.com/.default"
_INPUT = "inputData"
_ONCE = {"retry_total": 0, "permit_redirects": False, "connection_timeout": 10, "read_timeout": 60}


class Place(NamedTuple):
    """Where a workspace lies, in the order in which Azure's client wants it."""

    subscription: str
    group: str
    name: str


class Account:
    """One workspace.

    Args:
        resource: Resource id of the workspace, or None.
        environ: Environment variables.
        transport: What carries requests; azure-core's own where None.
    """

    def __init__(
        self, resource: str | None, environ: Mapping[str, str], transport: Any = None
    ) -> None:
        self._resource = resource
        self._environ = environ
        self._options = dict(_ONCE) if transport is None else {**_ONCE, "transport": transport}

    def ready(self) -> None:
        """Check that a workspace is named; only Azure can tell whether a login opens it.

        Raises:
            UsageError: None is, or not in the right form.
        """
        if self._connection is not None:
            _ = self._workspace
        elif self._resource is None:
            raise UsageError("no workspace of Azure Quantum is named", hint=_HINT)
        elif not _RESOURCE.fullmatch(self._resource):
            raise UsageError(f"`{self._resource}` is no resource id of a workspace", hint=_HINT)

    def create(self, id_: str, content: bytes, facts: Mapping[str, Any]) -> None:
        """Upload the input, then send one job with exactly one request.

        Args:
            id_: The job's id.
            content: Its input.
            facts: More of `JobDetails`.

        Raises:
            ThrottledError: Refused for now.
            RefusedError: Refused for certain.
            UnknownSubmissionError: Anything else that is no acceptance.
        """
        with preparing():
            container = self._container(f"job-{id_}")
            uploaded = self._upload(container, content)
        details = JobDetails(container_uri=container, input_data_uri=uploaded, **facts)
        with submitting():
            self._services.jobs.create(*self._place, id_, details)

    def job(self, id_: str) -> JobDetails | None:
        """Read a job, or None where there is none.

        Raises:
            TransientError: It may be repeated.
            ProviderError: It may not.
        """
        with reading(f"job {id_}"), suppress(ResourceNotFoundError):
            return self._services.jobs.get(*self._place, id_)
        return None

    def jobs(self) -> Iterable[JobDetails]:
        """Read all jobs of the workspace."""
        with reading("the list of jobs"):
            return list(self._services.jobs.list(*self._place))

    def providers(self) -> Iterable[Any]:
        """Read how all providers of the workspace are doing."""
        with reading("the list of providers"):
            return list(self._services.providers.list(*self._place))

    def cancel(self, id_: str) -> None:
        """Ask for a job to be dropped."""
        with reading(f"cancelling job {id_}"):
            self._services.jobs.cancel(*self._place, id_)

    def output(self, uri: str) -> bytes:
        """Download a blob of the workspace's storage; the workspace signs its address."""
        container, _, blob = urlsplit(uri).path.lstrip("/").partition("/")
        with reading(f"results in {container}/{blob}"):
            signed = self._sign(BlobDetails(container_name=container, blob_name=blob))
            client = BlobClient.from_blob_url(signed, **self._options)
            content: bytes = client.download_blob().readall()
        return content

    def close(self) -> None:
        """Release connections."""
        if "_client" in self.__dict__:
            self._client.close()
            del self._client

    @cached_property
    def _connection(self) -> str | None:
        return credentials.find("azure", [CONNECTION], self._environ)

    @cached_property
    def _workspace(self) -> Workspace:
        """The workspace; where only its resource id is known, Azure is asked where it lies."""
        try:
            if self._connection is None:
                return Workspace(resource_id=self._resource)
            workspace = Workspace.from_connection_string(self._connection)
        except ValueError as error:
            raise UsageError(f"no workspace of Azure Quantum: {error}", hint=_HINT) from error
        _remember(workspace.credential)
        return workspace

    @cached_property
    def _place(self) -> Place:
        found = self._workspace
        return Place(found.subscription_id, found.resource_group, found.name)

    @cached_property
    def _client(self) -> WorkspaceClient:
        """The client that `Workspace` makes for itself, but with our options."""
        found = self._workspace._connection_params  # noqa: SLF001 - nothing public tells the endpoint
        return WorkspaceClient(
            endpoint=found.quantum_endpoint,
            credential=found.get_credential_or_default(),
            credential_scopes=[_SCOPE],
            authentication_policy=found.get_auth_policy(),
            **self._options,
        )

    @property
    def _services(self) -> Any:
        return self._client.services

    def _container(self, name: str) -> str:
        return self._sign(BlobDetails(container_name=name))

    def _sign(self, details: BlobDetails) -> str:
        answer = self._services.storage.get_sas_uri(*self._place, details)
        return str(answer.sas_uri)

    def _upload(self, container: str, content: bytes) -> str:
        blob = ContainerClient.from_container_url(container, **self._options).get_blob_client(
            _INPUT
        )
        kind = ContentSettings(content_type="application/json")
        blob.upload_blob(content, overwrite=True, content_settings=kind)
        return str(blob.url).partition("?")[0]


_RESOURCE = re.compile(
    r"/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Quantum/workspaces/[^/]+",
    re.IGNORECASE,
)
_HINT = (
    f"set {CONNECTION} (Azure portal, workspace, access keys), or [backend.azure] workspace ="
    ' "/subscriptions/.../Workspaces/NAME" and run `az login`'
)


def _remember(credential: AzureKeyCredential) -> None:
    """Make the scrubber of everything written know the key inside the connection string."""
    credentials.find("azure", ["key"], {"key": credential.key})
