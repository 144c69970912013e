"""The account: its key, its service, its machine. Nothing is asked before it is needed.

Accounts that the SDK saved on disk are not read: the key comes from where qml's keys come from.
"""

import logging
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from qiskit.providers.exceptions import QiskitBackendNotFoundError
from qiskit_ibm_runtime import Batch, QiskitRuntimeService, Session

from qml import credentials
from qml.backends.ibm.answers import reading
from qml.backends.ibm.machines import PROVIDER
from qml.backends.ibm.wire import Wire
from qml.config.sections.vendors import IbmSection
from qml.errors import ProviderError, UsageError

VARIABLES = ("QISKIT_IBM_TOKEN", "IBM_QUANTUM_TOKEN")
URL = "QISKIT_IBM_URL"
LOG_LEVEL = "QISKIT_IBM_RUNTIME_LOG_LEVEL"
CHANNEL = "ibm_quantum_platform"


class Account:
    """An account at IBM Quantum.

    Args:
        section: `[backend.ibm]`.
        environ: Environment variables, where the key may be.
        device: Machine that is used.
    """

    def __init__(self, section: IbmSection, environ: Mapping[str, str], device: str) -> None:
        self.wire = Wire()
        self._section = section
        self._environ = environ
        self._device = device

    @cached_property
    def token(self) -> str:
        """The key.

        Raises:
            UsageError: There is none.
        """
        found = credentials.find(PROVIDER, VARIABLES, self._environ)
        if found:
            return found
        raise UsageError(
            "there is no key for IBM Quantum",
            hint=f"export {VARIABLES[0]}=..., or put it into the keyring or"
            f' ~/.config/qml/{credentials.FILE} (mode 600): {PROVIDER} = "..."',
        )

    @property
    def connected(self) -> bool:
        """Whether IBM was asked for the machine already."""
        return "machine" in self.__dict__

    @cached_property
    def service(self) -> Any:
        """The SDK's service.

        Raises:
            UsageError: There is no key.
            TransientError: IBM does not answer.
            ProviderError: It does not know the key or the instance.
        """
        token = self.token
        if LOG_LEVEL not in self._environ:  # it would tell of every instance it looks at
            logging.getLogger("qiskit_ibm_runtime").setLevel(logging.ERROR)
        instance = self._section.instance
        with reading("IBM's list of machines", token):
            service = QiskitRuntimeService(
                channel=CHANNEL,
                token=token,
                url=self._environ.get(URL),
                instance=instance or "auto",
                plans_preference=None if instance else [self._section.plan],
            )
        self._seal(service)
        return service

    @cached_property
    def machine(self) -> Any:
        """The machine, with its calibration.

        Raises:
            ProviderError: The account has no such machine.
        """
        service = self.service
        with reading(f"machine `{self._device}`", self.token):
            try:
                machine = service.backend(
                    self._device, use_fractional_gates=self._section.fractional
                )
            except QiskitBackendNotFoundError:
                raise self._absent(service) from None
            self._seal(service)
            machine.properties()
        return machine

    @cached_property
    def mode(self) -> Any:
        """What jobs are sent to: the machine, or a batch or session on it, opened here.

        An idle session costs nothing: its time runs from the start of its first job.
        """
        kinds = {"batch": Batch, "session": Session}
        kind = kinds.get(self._section.mode)
        return self.machine if kind is None else kind(backend=self.machine)

    def close(self) -> None:
        """Close the batch or session, so that its time ends with its last job.

        Raises:
            TransientError: It may be open still; IBM closes it when it idles.
        """
        mode = self.__dict__.pop("mode", None)
        if isinstance(mode, Session):
            with reading("closing the session", self.token):
                mode.close()

    def _absent(self, service: Any) -> ProviderError:
        """Tell a wrong name from a question that the SDK takes for answered when it was not."""
        client = service._get_api_client()  # noqa: SLF001 - has no other door
        names = sorted(str(row["name"]) for row in client.list_backends())
        return ProviderError(
            f"the instance has no machine `{self._device}`", hint=f"it has: {', '.join(names)}"
        )

    def _seal(self, service: Any) -> None:
        """Take the repetitions off every client of a service."""
        clients = [*service._get_api_clients().values(), service._get_api_client()]  # noqa: SLF001 - has no other door
        for client in clients:
            for scheme in ("https://", "http://"):
                client._session.mount(scheme, self.wire)  # noqa: SLF001 - as above
