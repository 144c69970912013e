"""The way in: keys are asked for, faults strike, routes answer."""

import itertools
from dataclasses import replace

from qml.emulators.ionq.answers import Answer, ApiError, error_body, not_found
from qml.emulators.ionq.calls import Call
from qml.emulators.ionq.faults import ANSWERS, READS
from qml.emulators.ionq.routes import find
from qml.emulators.ionq.routes.jobs import created
from qml.emulators.ionq.service import Service

SUBMIT = "/v0.4/jobs"
_RETRY_AFTER = {"Retry-After": "1"}
_STRUCK = ("/v0.4/jobs", "/v0.4/sessions")


class Front:
    """Answers requests.

    Args:
        service: What the answers are about.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._reads = itertools.count(1)

    def answer(self, call: Call, key: str | None) -> Answer:
        """Answer a request.

        Args:
            call: The request.
            key: Its `Authorization` header.
        """
        try:
            if call.method == "POST" and call.path.rstrip("/") == SUBMIT:
                return self._submit(call, key)
            if call.method == "GET" and call.path.startswith(_STRUCK):
                return self._read(call, key)
            return self._route(call, key)
        except ApiError as error:
            return error.answer

    def _submit(self, call: Call, key: str | None) -> Answer:
        number = self._service.store.count("posts")
        fault = self._service.struck(ANSWERS, number) or ""
        _check_key(key)
        if fault in {"401", "409", "429"} or fault.endswith("-before-accept"):
            return self._spoilt(fault)
        job = self._service.accept(call.body, number)
        return self._spoilt(fault, created(job)) if fault else created(job)

    def _read(self, call: Call, key: str | None) -> Answer:
        fault = self._service.struck(READS, next(self._reads))
        if fault in {None, "get-slow", "get-wrong-json"}:
            answer = self._route(call, key)
            return self._spoilt(fault.removeprefix("get-"), answer) if fault else answer
        return self._spoilt(str(fault).removeprefix("get-"))

    def _route(self, call: Call, key: str | None) -> Answer:
        found = find(call.method, call.path)
        if found is None:
            raise not_found(f"{call.method} {call.path}")
        route, parts = found
        if route.key:
            _check_key(key)
        return route.handler(self._service, replace(call, parts=parts))

    def _spoilt(self, fault: str, answer: Answer | None = None) -> Answer:
        """Return the answer that a fault makes of an answer."""
        first = fault.split("-", maxsplit=1)[0]
        if first == "drop":
            return Answer(drop=True)
        if first == "slow" and answer is not None:
            return replace(answer, delay=self._service.options.slow)
        if first == "wrong" and answer is not None:
            return replace(answer, garbled=True)
        status = int(first)
        return Answer(
            status=status,
            body=error_body(status, "This is a fault of the emulator."),
            headers=_RETRY_AFTER if status == 429 else {},  # noqa: PLR2004 - too many requests
        )


def _check_key(header: str | None) -> None:
    scheme, _, key = (header or "").partition(" ")
    if scheme.lower() != "apikey" or not key.strip() or key.strip() == "None":
        raise ApiError(401, "Invalid key provided: send `Authorization: apiKey KEY`.")
