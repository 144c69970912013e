"""The machine and the interpreter: what may change a result beside code, data and seeds."""

import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qml.records.secrets import Scrubber

# Variables that change numbers or speed. A list of what may be kept, never of what may not: a
# forgotten secret must stay out. QML_* values are in the resolved configuration already.
_KEPT = frozenset(
    {
        "CI",
        "CUDA_VISIBLE_DEVICES",
        "LANG",
        "MKL_NUM_THREADS",
        "NUMEXPR_NUM_THREADS",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "PYTHONHASHSEED",
        "TF_CPP_MIN_LOG_LEVEL",
        "TZ",
        "XLA_FLAGS",
        "XLA_PYTHON_CLIENT_MEM_FRACTION",
        "XLA_PYTHON_CLIENT_PREALLOCATE",
    }
)
_KEPT_PREFIX = "JAX_"


def describe_environment(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Describe interpreter, system, processor, memory, accelerators and allowed variables.

    Accelerators are asked for only where JAX is imported already, since importing it takes longer
    than a short command.

    Args:
        environ: Environment variables; those of the process by default.
    """
    system = os.uname()
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "os": f"{system.sysname} {system.release}",
        "machine": system.machine,
        "cpu": _cpu_model(),
        "cores": os.cpu_count(),
        "threads": len(os.sched_getaffinity(0)),
        "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "accelerators": _accelerators(),
        "variables": _variables(os.environ if environ is None else environ),
    }


def _variables(environ: Mapping[str, str]) -> dict[str, str]:
    scrub = Scrubber(environ).text
    return {
        name: scrub(value)
        for name, value in sorted(environ.items())
        if name in _KEPT or name.startswith(_KEPT_PREFIX)
    }


def _cpu_model() -> str | None:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine() or None
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine() or None)


def _accelerators() -> list[dict[str, Any]] | None:
    """List the devices that JAX sees, or None where JAX is not imported."""
    jax = sys.modules.get("jax")
    if jax is None:
        return None
    return [{"platform": d.platform, "kind": d.device_kind, "id": d.id} for d in jax.devices()]
