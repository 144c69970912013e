"""A submission is read and checked: the documented limits, in the dialects of all clients."""

import json
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qml.emulators.ionq import limits, strict
from qml.emulators.ionq.answers import ApiError, bad_request
from qml.emulators.ionq.devices import DEVICES, IDEAL, NOISE, UNPUBLISHED
from qml.emulators.ionq.jobs import MULTI
from qml.emulators.ionq.loading import load_simulator

if TYPE_CHECKING:
    from qml.emulators.ionq.programs import Program


def read_json(body: bytes) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        ApiError: 413, it is too long; 400, it is no object.
    """
    if len(body) > limits.BODY_BYTES:
        raise ApiError(413, "The request body may not exceed 10MB.")
    try:
        value = json.loads(body or b"{}", parse_constant=_refuse_constant)
    except ValueError as error:
        raise bad_request(f"Invalid request payload JSON format: {error}") from None
    if not isinstance(value, dict):
        raise bad_request("The request payload must be an object.")
    return value


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def read_request(
    body: Mapping[str, Any], *, noise: str, strictly: bool
) -> tuple[dict[str, Any], list["Program"]]:
    """Check a submission and fill in what it leaves out.

    Args:
        body: What was sent.
        noise: Noise model of `simulator` where none is named.
        strictly: Refuse what the published schema does not have.

    Returns:
        The request without `input`, and its circuits.

    Raises:
        ApiError: 400, with the keys that are wrong.
    """
    load_simulator()
    from qml.emulators.ionq.programs.circuits import read_programs

    kind, backend = _one_of(body, "type", limits.TYPES), _backend(body)
    if not isinstance(body.get("input"), Mapping):
        raise bad_request('"input" is required and must be an object.', "input")
    request = {
        "type": kind,
        "backend": backend,
        "shots": _shots(body),
        "name": _optional(body, "name", str),
        "metadata": _metadata(body.get("metadata")),
        "session_id": _optional(body, "session_id", str),
        "dry_run": bool(_optional(body, "dry_run", bool)),
        "noise": _noise(body.get("noise"), backend, noise),
        "settings": _optional(body, "settings", dict) or {},
    }
    _check_mitigation(request)
    programs = read_programs(str(kind), body["input"])
    if strictly:
        strict.check(body)
    return request, programs


def mitigated(request: Mapping[str, Any]) -> bool:
    """Tell whether debiasing is on: by default on machines from 500 shots."""
    wanted = (request["settings"].get("error_mitigation") or {}).get("debiasing")
    if not DEVICES[request["backend"]].noise:
        return False
    return bool(request["shots"] >= limits.DEBIASING_SHOTS if wanted is None else wanted)


def deciding(request: Mapping[str, Any], given: Any) -> dict[str, Any]:
    """Return all that decides the results, for their seed.

    Names, sessions and metadata do not, save `sampler_seed`, which Qiskit sends: it tells
    repetitions of one circuit apart.
    """
    if request["type"] == MULTI:
        bare = [{k: v for k, v in c.items() if k != "name"} for c in given["circuits"]]
        given = {**given, "circuits": bare}
    return {
        **{key: request[key] for key in ("type", "backend", "shots", "noise", "settings")},
        "sampler_seed": (request["metadata"] or {}).get("sampler_seed"),
        "input": given,
    }


def new_id() -> str:
    """Return a new id."""
    return str(uuid.uuid4())


def child_ids(parent: str, count: int) -> tuple[str, ...]:
    """Return the ids of the children of a multi-circuit job."""
    return tuple(str(uuid.uuid5(uuid.UUID(parent), f"circuit {i}")) for i in range(count))


def _one_of(body: Mapping[str, Any], key: str, known: tuple[str, ...]) -> str:
    value = body.get(key)
    if value in limits.NOT_EMULATED:
        raise bad_request(f'"{key}": `{value}` is not emulated.', key)
    if value not in known:
        raise bad_request(f'"{key}" must be one of {", ".join(known)}.', key)
    return str(value)


def _backend(body: Mapping[str, Any]) -> str:
    name = body.get("backend")
    if name not in DEVICES:
        raise bad_request(f'"backend" must be one of {", ".join(DEVICES)}.', "backend")
    return str(name)


def _shots(body: Mapping[str, Any]) -> int:
    value = body.get("shots", limits.DEFAULT_SHOTS)
    value = limits.DEFAULT_SHOTS if value is None else value
    if isinstance(value, str) and value.isdigit():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= limits.SHOTS:
        raise bad_request(f'"shots" must be an integer from 1 to {limits.SHOTS:,}.', "shots")
    return value


def _optional(body: Mapping[str, Any], key: str, kind: type) -> Any:
    value = body.get(key)
    if value is not None and not isinstance(value, kind):
        raise bad_request(f'"{key}" must be {kind.__name__}.', key)
    return value


def _metadata(given: Any) -> dict[str, str] | None:
    if given is None:
        return None
    if not isinstance(given, dict) or len(given) > limits.METADATA_KEYS:
        raise bad_request(
            f'"metadata" must be an object of at most {limits.METADATA_KEYS} keys.', "metadata"
        )
    for key, value in given.items():
        if len(key) > limits.METADATA_KEY:
            raise bad_request(
                f'"metadata": a key has at most {limits.METADATA_KEY} characters.', "metadata"
            )
        if not isinstance(value, str) or len(value) > limits.METADATA_VALUE:
            raise bad_request(
                f'"metadata.{key}" must be a string of at most {limits.METADATA_VALUE} characters.',
                f"metadata.{key}",
            )
    return given


def _noise(given: Any, backend: str, default: str) -> dict[str, Any]:
    machine = DEVICES[backend].noise
    given = given or {}
    if not isinstance(given, dict):
        raise bad_request('"noise" must be an object.', "noise")
    model = machine or given.get("model") or default
    if model in UNPUBLISHED:
        raise bad_request(
            f'"noise.model": the rates of `{model}` are not known here.', "noise.model"
        )
    if model != IDEAL and model not in NOISE:
        raise bad_request(
            f'"noise.model" must be one of {", ".join((IDEAL, *NOISE))}.', "noise.model"
        )
    seed = given.get("seed")
    if seed is not None and (isinstance(seed, bool) or not isinstance(seed, int)):
        raise bad_request('"noise.seed" must be an integer.', "noise.seed")
    return {"model": model} | ({} if seed is None else {"seed": seed})


def _check_mitigation(request: Mapping[str, Any]) -> None:
    mitigation = request["settings"].get("error_mitigation") or {}
    if not isinstance(mitigation, dict):
        raise bad_request('"settings.error_mitigation" must be an object.', "settings")
    if mitigation.get("debiasing") and request["shots"] < limits.DEBIASING_SHOTS:
        raise bad_request(
            f"To turn on debiasing, you must request at least {limits.DEBIASING_SHOTS} shots.",
            "settings.error_mitigation.debiasing",
            "shots",
        )
