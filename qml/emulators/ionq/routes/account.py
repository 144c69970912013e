"""`/whoami`, `/backends` and their characterizations, `/sessions`."""

from typing import Any

from qml.emulators.ionq import views
from qml.emulators.ionq.answers import Answer, not_found
from qml.emulators.ionq.calls import Call
from qml.emulators.ionq.devices import (
    DEVICES,
    Device,
    backend_object,
    characterization_object,
)
from qml.emulators.ionq.routes.base import route
from qml.emulators.ionq.routes.jobs import page, selected
from qml.emulators.ionq.service import Service

_GATES = (
    "x y z rx ry rz h s si v vi t ti not cnot swap xx yy zz pauliexp".split()  # noqa: SIM905 - as the vendor lists them
)


def whoami(service: Service, call: Call) -> Answer:
    """Tell whose key it is."""
    del service, call
    return Answer(
        body={
            "key_id": "e060759f-4348-4767-a645-8c0301265791",
            "key_name": "emulated",
            "project_id": views.PROJECT,
        }
    )


def backends(service: Service, call: Call) -> Answer:
    """List the backends."""
    del call
    return Answer(body=[_shown(service, device) for device in DEVICES.values()])


def backend(service: Service, call: Call) -> Answer:
    """Show a backend."""
    return Answer(body=_shown(service, _device(call.parts[0])))


def characterizations(service: Service, call: Call) -> Answer:
    """List the one characterization of a machine; the simulator has none."""
    del service
    device = _device(call.parts[0])
    call.number("limit", 10, 1, 10)
    within = (call.one("start") or "") <= device.date <= (call.one("end") or "9")
    first = call.number("page", 1, 1, 10**6) == 1
    shown = [characterization_object(device)] if device.fidelity and within and first else []
    return Answer(body={"characterizations": shown, "pages": 0})


def characterization(service: Service, call: Call) -> Answer:
    """Show a characterization."""
    del service
    device = _device(call.parts[0])
    if call.parts[1] != device.characterization_id or not device.fidelity:
        raise not_found(f"Characterization {call.parts[1]}")
    return Answer(body=characterization_object(device))


def create_session(service: Service, call: Call) -> Answer:
    """Make a session."""
    return Answer(status=201, body=service.sessions.create(call.body))


def sessions(service: Service, call: Call) -> Answer:
    """List sessions, all or the active ones."""
    shown: list[dict[str, Any]] = service.sessions.all()
    if call.one("active") is not None:
        wanted = call.one("active") in {"true", "True"}
        shown = [session for session in shown if session["active"] is wanted]
    return Answer(body={"organization_id": views.ORGANIZATION, "sessions": shown})


def session(service: Service, call: Call) -> Answer:
    """Show a session."""
    return Answer(body=service.sessions.show(call.parts[0]))


def end_session(service: Service, call: Call) -> Answer:
    """End a session."""
    return Answer(body=service.sessions.end(call.parts[0]))


def session_jobs(service: Service, call: Call) -> Answer:
    """List the jobs of a session."""
    service.sessions.show(call.parts[0])
    inside = [j for j in service.jobs() if j.request["session_id"] == call.parts[0]]
    return page(service, call, selected(service, call, inside))


def _shown(service: Service, device: Device) -> dict[str, Any]:
    return backend_object(device, round(1000 * service.options.queue), _GATES)


def _device(name: str) -> Device:
    if name not in DEVICES:
        raise not_found(f"Backend {name}")
    return DEVICES[name]


ROUTES = (
    route("GET", "/whoami", whoami),
    route("GET", "/backends", backends, key=False),
    route("GET", "/backends/*", backend, key=False),
    route("GET", "/backends/*/characterizations", characterizations, key=False),
    route("GET", "/backends/*/characterizations/*", characterization, key=False),
    route("POST", "/sessions", create_session),
    route("GET", "/sessions", sessions),
    route("GET", "/sessions/*", session),
    route("POST", "/sessions/*/end", end_session),
    route("GET", "/sessions/*/jobs", session_jobs),
)
