"""`qml doctor`: what is installed, what is missing, and what mends it."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from qml import __version__
from qml.errors import QmlError
from qml.session import cache_folder

Check = dict[str, Any]
CORE = (
    "jax",
    "optax",
    "numpy",
    "scipy",
    "scikit-learn",
    "pennylane",
    "qiskit",
    "qsimcirq",
    "mlflow",
)
EXTRAS = {
    "qiskit-aer": "aer",
    "torch": "compress",
    "transformers": "compress",
    "xllamacpp": "compress",
    "onnxruntime": "onnx",
    "rocrate": "rocrate",
}
"""Packages, and the extra that brings each."""
CREDENTIALS = ("IONQ_API_KEY", "QISKIT_IBM_TOKEN", "AWS_ACCESS_KEY_ID", "MLFLOW_TRACKING_TOKEN")


def doctor_document(start: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    """Return `qml.doctor/1`; credentials are reported as found or not, never shown."""
    checks = [
        *_packages(),
        *_backends(),
        *_project(start, environ),
        *_machine(start, environ),
        *_credentials(environ),
    ]
    return {
        "schema": "qml.doctor/1",
        "version": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "ok": not any(check["status"] == "failed" for check in checks),
        "checks": checks,
    }


def _check(group: str, name: str, status: str, detail: str, hint: str | None = None) -> Check:
    return {"group": group, "name": name, "status": status, "detail": detail, "hint": hint}


def _packages() -> Iterator[Check]:
    for name in CORE:
        found = _version(name)
        hint = None if found else f"pip install {name}"
        yield _check("packages", name, "ok" if found else "failed", found or "not installed", hint)
    for name, extra in EXTRAS.items():
        found = _version(name)
        hint = None if found else f"pip install 'qml-workbench[{extra}]'"
        yield _check("extras", name, "ok" if found else "missing", found or "not installed", hint)


def _backends() -> Iterator[Check]:
    from qml.backends.registry import list_backends

    for facts in list_backends():
        detail = ", ".join(f"{k} {v}" for k, v in facts.versions.items() if v) or "built in"
        yield _check(
            "backends",
            facts.name,
            "missing" if facts.missing else "ok",
            facts.missing or detail,
        )


def _project(start: Path, environ: Mapping[str, str]) -> Iterator[Check]:
    from qml.config import find
    from qml.tasks.project import open_project

    try:
        project = open_project(start, environ)
    except QmlError as error:
        yield _check("project", "qml.toml", "failed", error.message, error.hint)
        return
    file = find(start)
    if file is None:
        yield _check("project", "qml.toml", "missing", "not in a project", "qml init NAME")
        return
    yield _check("project", "qml.toml", "ok", f"valid: {file}")
    runs = project.runs
    writable = os.access(runs if runs.exists() else project.root, os.W_OK)
    hint = None if writable else "set project.runs to a folder that you may write"
    yield _check("project", "runs", "ok" if writable else "failed", str(runs), hint)


def _machine(start: Path, environ: Mapping[str, str]) -> Iterator[Check]:
    yield _check("machine", "cores", "ok", str(os.cpu_count()))
    git = shutil.which("git")
    hint = None if git else "without git a copy of the code is kept with each run"
    yield _check("machine", "git", "ok" if git else "warning", git or "not found", hint)
    cache = cache_folder(start, environ)
    hint = None if cache else "set QML_CACHE_DIR; without it circuits compile anew in each process"
    detail = str(cache) if cache else "no writable folder"
    yield _check("machine", "compile cache", "ok" if cache else "warning", detail, hint)
    supported = (3, 11) <= sys.version_info[:2] <= (3, 13)
    yield _check(
        "machine",
        "python",
        "ok" if supported else "warning",
        platform.python_version(),
        None if supported else "3.11 to 3.13 are tested",
    )


def _credentials(environ: Mapping[str, str]) -> Iterator[Check]:
    for name in CREDENTIALS:
        there = bool(environ.get(name))
        yield _check("credentials", name, "ok" if there else "missing", "set" if there else "unset")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
