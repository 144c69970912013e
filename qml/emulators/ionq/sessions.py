"""Sessions: a reserved stretch of a machine, with limits of jobs, time and money."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from qml.emulators.ionq.answers import bad_request, not_found
from qml.emulators.ionq.clockwork import iso
from qml.emulators.ionq.devices import DEVICES
from qml.emulators.ionq.jobs import Job
from qml.emulators.ionq.requests import new_id
from qml.emulators.ionq.store import Store
from qml.emulators.ionq.views import ORGANIZATION, PROJECT, SUBMITTER
from qml.ports import Clock

_LIMITS = {"job_count_limit": int, "duration_limit_min": int, "cost_limit": dict}


class Sessions:
    """Sessions of one emulator.

    Args:
        store: Where they are kept.
        clock: What time it is.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def create(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Make a session.

        Raises:
            ApiError: 400, the backend is unknown or a limit makes no sense.
        """
        if body.get("backend") not in DEVICES:
            raise bad_request(f'"backend" must be one of {", ".join(DEVICES)}.', "backend")
        settings = dict(body.get("settings") or {})
        for key, kind in _LIMITS.items():
            if key in settings and not isinstance(settings[key], kind):
                raise bad_request(f'"settings.{key}" must be {kind.__name__}.', f"settings.{key}")
        limit = (settings.get("cost_limit") or {"value": 0}).get("value")
        if isinstance(limit, bool) or not isinstance(limit, int | float):
            raise bad_request('"settings.cost_limit.value" must be a number.', "settings")
        now = self._clock.now()
        if "duration_limit_min" in settings:
            settings["expires_at"] = iso(now + 60 * settings["duration_limit_min"])
        session = {
            "id": new_id(),
            "backend": body["backend"],
            "settings": settings,
            "created": now,
            "started": None,
            "ended": None,
        }
        self._store.put_session(session)
        return self._shown(session)

    def show(self, session_id: str) -> dict[str, Any]:
        """Return a session.

        Raises:
            ApiError: 404, there is none.
        """
        return self._shown(self._find(session_id))

    def all(self) -> list[dict[str, Any]]:
        """Return all sessions, newest first."""
        return [self._shown(session) for session in self._store.sessions().values()]

    def end(self, session_id: str) -> dict[str, Any]:
        """End a session; ending it again changes nothing.

        Raises:
            ApiError: 404, there is none.
        """
        session = self._find(session_id)
        if session["ended"] is None:
            session["ended"] = self._clock.now()
            self._store.put_session(session)
        return self._shown(session)

    def admit(self, job: Job, jobs: Sequence[Job]) -> None:
        """Check a new job against the limits of its session, which starts with its first job.

        Args:
            job: The new job.
            jobs: All jobs there are.

        Raises:
            ApiError: 404, the session is unknown; 400, it has ended, is of another backend, or a
                limit would be passed.
        """
        session = self._find(job.request["session_id"])
        if self._ended_at(session) is not None:
            raise bad_request("The session has ended.", "session_id")
        if session["backend"] != job.backend:
            raise bad_request(f"The session is on {session['backend']}.", "session_id", "backend")
        inside = [j for j in jobs if j.request["session_id"] == session["id"]]
        self._check_limits(session["settings"], job, inside)
        if session["started"] is None:
            self._store.put_session({**session, "started": self._clock.now()})

    def _check_limits(self, settings: Mapping[str, Any], job: Job, inside: Sequence[Job]) -> None:
        most = settings.get("job_count_limit")
        if most is not None and len(inside) >= most:
            raise bad_request("The session's job limit is reached.", "session_id")
        now, cap = self._clock.now(), settings.get("cost_limit")
        if cap is None:
            return
        owed = sum((j.billed(now) + j.reserved(now) for j in inside), Decimal(0))
        if owed + job.price > Decimal(str(cap["value"])):
            raise bad_request("The session's cost limit would be exceeded.", "session_id")

    def _find(self, session_id: str) -> dict[str, Any]:
        session = self._store.sessions().get(session_id)
        if session is None:
            raise not_found(f"Session {session_id}")
        return session

    def _ended_at(self, session: Mapping[str, Any]) -> float | None:
        """When it was ended, or ran out."""
        minutes = session["settings"].get("duration_limit_min")
        out = None if minutes is None else session["created"] + 60 * minutes
        if session["ended"] is not None:
            return float(session["ended"])
        return out if out is not None and self._clock.now() >= out else None

    def _shown(self, session: Mapping[str, Any]) -> dict[str, Any]:
        ended = self._ended_at(session)
        started = session["started"]
        state = "ended" if ended is not None else "started" if started else "created"
        return {
            "id": session["id"],
            "created_at": iso(session["created"]),
            "organization_id": ORGANIZATION,
            "backend": session["backend"],
            "project_id": PROJECT,
            "creator_id": SUBMITTER,
            "ended_at": None if ended is None else iso(ended),
            "ender_id": SUBMITTER if session["ended"] is not None else None,
            "settings": session["settings"],
            "active": ended is None,
            "status": state,
            "started_at": iso(started) if started else None,
        }
