"""The manifest: all that decided the outcome of a run, and the outcome, in one document."""

import math
from collections.abc import Mapping
from typing import Any, Literal, TypedDict, cast

SCHEMA = "qml.manifest/1"
FILE = "manifest.json"

Status = Literal["running", "interrupted", "finished", "failed", "killed"]
# A run in one of these can go on from its last checkpoint.
RESUMABLE: tuple[Status, ...] = ("interrupted", "failed", "killed")


class Session(TypedDict):
    """One process that worked on the run; a resumed run has several.

    Attributes:
        pid: Process id.
        host: Name of the machine.
        start: Moment it began (ISO 8601, UTC).
        end: Moment it ended, or None while it works.
        code: Digest of the sources it worked with, so that a change between two sessions shows;
            None until they are described.
    """

    pid: int
    host: str
    start: str
    end: str | None
    code: str | None


class Manifest(TypedDict):
    """`manifest.json`. Every key is there from the start; what is not known yet is null or empty.

    Attributes:
        schema: Version of this layout.
        run_id: Id of the run, the name of its folder.
        uuid: Same run, unique everywhere.
        name: Name a person gave it, or None.
        parent: Id of the run that this one repeats or derives from, or None.
        command: The verb, e.g. `train`. Never the argument vector, which may hold secrets.
        status: Where it stands.
        stop_reason: Why it stopped, e.g. `early_stopping`, `Ctrl-C`, or None.
        error: `type`, `message` and `hint` of what made it fail, or None.
        start: Moment the first session began.
        end: Moment the last session ended, or None.
        duration: Seconds of all sessions together, or None while it runs.
        sessions: The processes that worked on it.
        config: Resolved configuration, credentials removed.
        data: `source`, `digests` and whatever the data set tells of itself.
        code: `qml.records.code.describe_code`.
        packages: Version of every installed distribution, by name.
        environment: Python, system, processor, threads, memory, accelerator, allowed variables.
        seeds: `root`, and `derived` by name.
        circuits: `digests` by name and `resources`.
        backend: `name`, and the `snapshot` of its calibration and noise.
        model: Size of the model.
        metrics: Final metrics.
        baselines: Outcomes of the classical rivals.
        verdict: The comparison in one sentence, or None.
        artifacts: `sha256` and `bytes` of every artifact, by path in the folder.
        costs: `estimated`, `billed`, `currency`.
        usage: Amounts of work done.
    """

    schema: str
    run_id: str
    uuid: str
    name: str | None
    parent: str | None
    command: str
    status: Status
    stop_reason: str | None
    error: dict[str, Any] | None
    start: str
    end: str | None
    duration: float | None
    sessions: list[Session]
    config: dict[str, Any]
    data: dict[str, Any]
    code: dict[str, Any]
    packages: dict[str, str]
    environment: dict[str, Any]
    seeds: dict[str, Any]
    circuits: dict[str, Any]
    backend: dict[str, Any]
    model: dict[str, Any]
    metrics: dict[str, Any]
    baselines: list[dict[str, Any]]
    verdict: str | None
    artifacts: dict[str, dict[str, Any]]
    costs: dict[str, Any]
    usage: dict[str, Any]


def initial(
    *,
    run_id: str,
    unique: str,
    name: str | None,
    parent: str | None,
    command: str,
    config: Mapping[str, Any],
    session: Session,
) -> Manifest:
    """Build the manifest of a run that has just begun."""
    return Manifest(
        schema=SCHEMA,
        run_id=run_id,
        uuid=unique,
        name=name,
        parent=parent,
        command=command,
        status="running",
        stop_reason=None,
        error=None,
        start=session["start"],
        end=None,
        duration=None,
        sessions=[session],
        config=dict(config),
        data={},
        code={},
        packages={},
        environment={},
        seeds={"root": config.get("train", {}).get("seed"), "derived": {}},
        circuits={},
        backend={},
        model={},
        metrics={},
        baselines=[],
        verdict=None,
        artifacts={},
        costs={},
        usage={},
    )


def merged(manifest: Manifest, parts: Mapping[str, Any]) -> Manifest:
    """Return the manifest with parts replaced; a key that is not the manifest's is a KeyError."""
    for key in parts:
        if key not in Manifest.__annotations__:
            raise KeyError(f"`{key}` is not a part of the manifest")
    return cast("Manifest", {**manifest, **parts})


def plain(value: Any) -> Any:
    """Turn values into what JSON knows.

    NumPy and JAX scalars become numbers, arrays become lists, and numbers that are not finite
    become None, since JSON has no word for them.
    """
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    return value
