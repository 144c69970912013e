"""The AWS account behind a device: clients whose retries are off, made when they are first needed.

botocore draws a random client token for each call, so that no two calls are the same purchase. Here
the token derives from the intent's key, and AWS sees a repetition as one. How long AWS remembers a
token is not documented; nothing relies on it.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from hashlib import sha256
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError
from braket.aws import AwsSession

from qml import credentials
from qml.backends.braket.devices import Device
from qml.backends.braket.faults import preparing, reading, submitting
from qml.errors import TransientError, UsageError

TAG = "qml-intent"
_TOKEN = 64
_REGION = "us-east-1"
_EVENT = "provide-client-params.braket.CreateQuantumTask"
_PATIENCE = {"connect_timeout": 10, "read_timeout": 60}


def token(key: str) -> str:
    """Return the client token of an intent's key: the key itself where it is short enough."""
    return key if len(key) <= _TOKEN else sha256(key.encode()).hexdigest()


class Account:
    """Clients for one device.

    Args:
        device: Where tasks go.
        bucket: Bucket for results, or None for the account's default one.
    """

    def __init__(self, device: Device, bucket: str | None) -> None:
        self._device = device
        self._wanted = bucket
        self._opened: list[Any] = []

    def ready(self) -> None:
        """Check that AWS's own chain of credentials finds some; nothing is sent to Braket.

        Where there are none, the chain's last link asks the metadata service of EC2, for a second.

        Raises:
            UsageError: It finds none.
        """
        _ = self._boto

    def create(self, request: Mapping[str, Any]) -> str:
        """Send one task with exactly one request; return its ARN.

        Args:
            request: What boto3's `create_quantum_task` takes; its tag `TAG` is the intent's key.

        Raises:
            ThrottledError: Refused for now.
            RefusedError: Refused for certain.
            UnknownSubmissionError: Anything else that is no acceptance.
        """
        with preparing():
            session = self.session
            bucket = session.default_bucket()
        with submitting():
            arn: str = session.create_quantum_task(**request, outputS3Bucket=bucket)
        return arn

    def call(self, operation: str, **arguments: Any) -> dict[str, Any]:
        """Read once from Braket.

        Raises:
            TransientError: It may be repeated.
            ProviderError: It may not.
        """
        client = self.session.braket_client
        with reading(f"Amazon Braket, {operation}"):
            answer: dict[str, Any] = getattr(client, operation)(**arguments)
        api = client.meta.method_to_api_mapping[operation]
        promised = client.meta.service_model.operation_model(api).output_shape.required_members
        if missing := [name for name in promised if name not in answer]:
            # botocore takes an answer that it cannot parse for an empty one
            raise TransientError(f"Amazon Braket, {operation}: no {missing[0]} in the answer")
        return answer

    def pages(self, operation: str, field: str, **arguments: Any) -> Iterator[dict[str, Any]]:
        """Read all rows of a listing.

        Raises:
            TransientError: It may be repeated, from the start.
            ProviderError: It may not.
        """
        more: dict[str, Any] = {}
        while True:
            page = self.call(operation, maxResults=100, **arguments, **more)
            yield from page[field]
            if not page.get("nextToken"):
                return
            more = {"nextToken": page["nextToken"]}

    def read(self, bucket: str, key: str) -> bytes:
        """Read an object once from S3.

        Raises:
            TransientError: It may be repeated.
            ProviderError: It may not.
        """
        with reading(f"results in s3://{bucket}/{key}"):
            body: bytes = self._s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        return body

    def close(self) -> None:
        """Release all connections."""
        for client in self._opened:
            client.close()
        self._opened.clear()

    @cached_property
    def session(self) -> AwsSession:
        """Braket's session around a client of ours; do not add a user agent to it.

        `AwsSession.add_braket_user_agent` makes a client anew, without the token.
        """
        client = self._client("braket", os.environ.get("BRAKET_ENDPOINT"))
        client.meta.events.register(_EVENT, _insert_token)
        return AwsSession(
            boto_session=self._boto, braket_client=client, default_bucket=self._wanted
        )

    @cached_property
    def _s3(self) -> Any:
        return self._client("s3")

    @cached_property
    def _boto(self) -> Any:
        with _credentials():
            session = boto3.Session(region_name=self._device.region)
            if session.region_name is None:
                session = boto3.Session(region_name=_REGION)
            found = session.get_credentials()
            if found is None:
                raise UsageError("no AWS credentials are found", hint=_HINT)
            _remember(found.get_frozen_credentials())
        return session

    def _client(self, service: str, endpoint: str | None = None) -> Any:
        retries = {"total_max_attempts": 1, "mode": "standard"}
        made = self._boto.client(
            service, config=Config(retries=retries, **_PATIENCE), endpoint_url=endpoint
        )
        self._opened.append(made)
        return made


_HINT = (
    "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run `aws configure`; the"
    " account needs the policy AmazonBraketFullAccess. `braket.local` needs no account"
)


@contextmanager
def _credentials() -> Iterator[None]:
    try:
        yield
    except BotoCoreError as error:
        raise UsageError(f"AWS credentials cannot be used: {error}", hint=_HINT) from error


def _remember(found: Any) -> None:
    """Make the scrubber of everything written know the secrets."""
    for secret in (found.secret_key, found.token):
        if secret:
            credentials.find("braket", ["secret"], {"secret": secret})


def _insert_token(params: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Answer botocore's event with the parameters of the call, token and all."""
    return {**params, "clientToken": token(params["tags"][TAG])}
