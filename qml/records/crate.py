"""Export a run as a Process Run Crate (Workflow Run RO-Crate, version 0.5).

MUST: the root data set conforms to the profile, a SoftwareApplication is the instrument, and a
CreateAction is identified by a UUID. What the profile has no term for (seeds, shots, versions)
becomes a PropertyValue in our own namespace.
"""

import json
from pathlib import Path
from typing import Any

from qml.errors import MissingExtraError, RunError
from qml.records.folder import RunFolder
from qml.records.manifest import Manifest

PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
_NAMESPACE = "urn:qml-workbench:terms:"
_STATUS = {
    "finished": "http://schema.org/CompletedActionStatus",
    "running": "http://schema.org/ActiveActionStatus",
}
_FAILED = "http://schema.org/FailedActionStatus"
_TYPES = {
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".toml": "application/toml",
    ".csv": "text/csv",
    ".html": "text/html",
    ".txt": "text/plain",
    ".diff": "text/x-diff",
    ".gz": "application/gzip",
}
_INPUTS = ("config.toml", "requirements.txt", "code.diff", "code.tar.gz")
_RESULTS = ("manifest.json", "outcome.json", "metrics.jsonl", "costs.csv", "report.html")


def export_crate(run: RunFolder, target: Path) -> Path:
    """Write a run as an RO-Crate: a folder, or a zip file where the target ends in `.zip`.

    Raises:
        MissingExtraError: `rocrate` is not installed.
        RunError: The target exists.
    """
    try:
        from rocrate.rocrate import ROCrate
    except ModuleNotFoundError as error:
        raise MissingExtraError("rocrate", extra="rocrate") from error
    if target.exists():
        raise RunError(f"{target} exists", hint="name a folder or a .zip that does not exist yet")
    manifest = run.manifest()
    crate = ROCrate()
    _describe_root(crate, manifest)
    instrument = _instrument(crate, manifest)
    inputs = _files(crate, run.path, _INPUTS)
    artifacts = [path for path in manifest["artifacts"] if path.startswith("artifacts/")]
    results = _files(crate, run.path, (*_RESULTS, *artifacts))
    action = crate.add_action(
        instrument,
        identifier=f"urn:uuid:{manifest['uuid']}",
        object=[*inputs, *_parameters(crate, manifest)],
        result=results,
        properties=_action(crate, manifest),
    )
    crate.root_dataset.append_to("mentions", action)
    if target.suffix == ".zip":
        crate.write_zip(target)
    else:
        crate.write(target)
    return target


def _describe_root(crate: Any, manifest: Manifest) -> None:
    from rocrate.model.contextentity import ContextEntity

    profile = {"@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"}
    root = crate.root_dataset
    root["conformsTo"] = crate.add(ContextEntity(crate, PROFILE, properties=profile))
    crate.name = f"qml {manifest['command']} {manifest['name'] or manifest['run_id']}"
    crate.description = (
        manifest["verdict"] or f"One run of `qml {manifest['command']}` with all that decided it."
    )
    if manifest["end"]:
        root["datePublished"] = manifest["end"]
    root["license"] = "No licence is stated for the results of this run."


def _instrument(crate: Any, manifest: Manifest) -> Any:
    from rocrate.model.softwareapplication import SoftwareApplication

    properties = {
        "name": "qml-workbench",
        "description": "A command-line workbench for quantum machine learning.",
        "softwareVersion": manifest["packages"].get("qml-workbench", "unknown"),
        "softwareRequirements": f"Python {manifest['environment'].get('python', 'unknown')}",
    }
    return crate.add(SoftwareApplication(crate, "#qml", properties=properties))


def _files(crate: Any, run: Path, names: tuple[str, ...]) -> list[Any]:
    found = []
    for name in names:
        path = run / name
        if path.is_file():
            kind = _TYPES.get(path.suffix, "application/octet-stream")
            properties = {
                "name": name,
                "encodingFormat": kind,
                "contentSize": str(path.stat().st_size),
            }
            found.append(crate.add_file(path, name, properties=properties))
    return found


def _action(crate: Any, manifest: Manifest) -> dict[str, Any]:
    error = manifest["error"]
    variables = manifest["environment"].get("variables", {})
    optional = {
        "endTime": manifest["end"],
        "error": f"{error['type']}: {error['message']}" if error else None,
        "environment": [_value(crate, "env", k, v) for k, v in variables.items()] or None,
    }
    return {
        "name": f"qml {manifest['command']}",
        "startTime": manifest["start"],
        "actionStatus": _STATUS.get(manifest["status"], _FAILED),
        **{key: value for key, value in optional.items() if value is not None},
    }


def _parameters(crate: Any, manifest: Manifest) -> list[Any]:
    """Return seeds, data and backend: what decided the outcome and is no file."""
    facts = {
        "seeds": manifest["seeds"],
        "data": manifest["data"],
        "code": {key: manifest["code"].get(key) for key in ("commit", "branch", "dirty", "digest")},
        "backend": manifest["backend"],
        "circuits": manifest["circuits"],
    }
    return [_value(crate, "input", key, value) for key, value in facts.items() if value]


def _value(crate: Any, kind: str, name: str, value: Any) -> Any:
    from rocrate.model.contextentity import ContextEntity

    properties = {
        "@type": "PropertyValue",
        "name": name,
        "propertyID": f"{_NAMESPACE}{kind}:{name}",
        "value": value if isinstance(value, str) else json.dumps(value, sort_keys=True),
    }
    return crate.add(ContextEntity(crate, f"#{kind}-{name}", properties=properties))
