"""`qml ci init`: writes the pipeline of a project."""

import platform
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from qml.config import Loaded
from qml.errors import UsageError
from qml.scaffold.pipeline import write_pipeline

MACHINE = "ionq.forte-1"
"""What the hardware stage rents where the project names no machine."""
ROWS, SHOTS = 2, 200
NOISE = "aria-1,forte-1"
VENDORS = {
    "azure": (("AZURE_QUANTUM_CONNECTION_STRING",), ("azure",)),
    "braket": (("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"), ("braket",)),
    "ibm": (("QISKIT_IBM_TOKEN",), ("ibm",)),
    "ionq": (("IONQ_API_KEY",), ()),
}
"""Variables that a vendor's client looks for, and the extras that bring it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CiInitOutcome:
    """A pipeline that now exists.

    Attributes:
        provider: `github`, `gitlab` or `generic`.
        backend: Machine of the hardware stage.
        cap: Most that the stage may ever spend.
        written: Files that were made, or made anew.
        unchanged: Files that were there already, and are the same.
        next: What to do now, in order.
    """

    provider: str
    backend: str
    cap: str
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    next: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.ci-init/1`."""
        return {"schema": "qml.ci-init/1", **asdict(self)}


def init(
    loaded: Loaded,
    provider: str,
    *,
    backend: str | None = None,
    cap: Decimal = Decimal("60.00"),
    force: bool = False,
) -> CiInitOutcome:
    """Write the pipeline.

    Args:
        loaded: Configuration of the project.
        provider: `github`, `gitlab` or `generic`.
        backend: Machine of the hardware stage; that of the project where it is one.
        cap: Most that the hardware stage may ever spend.
        force: Whether files that differ may be replaced.

    Raises:
        UsageError: The provider is unknown, or a file is there that differs.
    """
    from qml.tasks.carry import leaves_this_machine

    paid = leaves_this_machine(loaded.config) and not loaded.config.backend.route
    own = loaded.config.backend.name if paid else MACHINE
    machine = backend or own
    secrets, extras = _vendor(machine)
    made = write_pipeline(
        loaded.root,
        provider,
        {
            "backend": machine,
            "secrets": secrets,
            "extras": ",".join((*extras, "verify")),
            "cap": f"{cap:.2f}",
            "rows": ROWS,
            "shots": SHOTS,
            "noise": NOISE,
            "suite": loaded.config.bench.suite,
            "python": ".".join(platform.python_version_tuple()[:2]),
        },
        force=force,
    )
    return CiInitOutcome(
        provider=provider,
        backend=machine,
        cap=f"{cap:.2f}",
        written=made.written,
        unchanged=made.unchanged,
        next=_next(provider, secrets),
    )


def _vendor(machine: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return secrets and extras of a machine.

    Raises:
        UsageError: Nothing is known of its vendor, so that no pipeline could reach it.
    """
    name = machine.partition(".")[0]
    if name not in VENDORS:
        raise UsageError(
            f"no pipeline can rent `{machine}`: it is no machine of a vendor that is known here",
            hint=f"--backend of one of {', '.join(VENDORS)}, e.g. {MACHINE}",
        )
    return VENDORS[name]


def _next(provider: str, secrets: tuple[str, ...]) -> tuple[str, ...]:
    names = " and ".join(secrets)
    first = "sh ci/2-unit.sh  # every step runs here as well"
    return {
        "github": (
            first,
            f"an environment `hardware` with {names} as secrets releases the hardware stage",
            "the label `hardware` on a pull request, or the schedule, starts it",
        ),
        "gitlab": (
            first,
            f"a protected environment `hardware` with the variables {names} releases the stage",
            "QML_CI_TOKEN, a project token with the scope api, lets the pipeline comment",
        ),
        "generic": (first, "sh ci/run.sh runs all of it; QML_CI_HARDWARE=1 the machine as well"),
    }[provider]
