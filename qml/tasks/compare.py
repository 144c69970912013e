"""One piece of work planned on several backends: for `qml plan`, and to choose along a route."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, TypeAlias

from qml.backends.registry import capabilities_of, open_backend
from qml.backends.remote import Machine, RemoteBackend, is_remote
from qml.circuits import Work
from qml.config import Config, Loaded
from qml.errors import MissingExtraError, PlanError, ProviderError, UsageError
from qml.planning.plan import Plan
from qml.planning.purchase import Purchase
from qml.planning.routing import Refused
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.prepare import prepare_training

SHOTS = 1000
"""Shots where none are set and a backend can only sample."""


Planner: TypeAlias = Callable[[Config, Path, World], Plan]
"""Plans work with the backend that a configuration names; the path is the project's folder."""


def training_plan(config: Config, root: Path, world: World) -> Plan:
    """Plan the training that a configuration describes."""
    return prepare_training(config, root, Seeds(config.train.seed), world).plan


class Candidate(NamedTuple):
    """Work on one backend.

    Attributes:
        config: Configuration with this backend, and its shots.
        plan: What would run there, and its price.
    """

    config: Config
    plan: Plan


def compare(
    loaded: Loaded,
    names: Sequence[str],
    world: World,
    *,
    ask: bool,
    planner: Planner = training_plan,
) -> tuple[list[Candidate], list[Refused]]:
    """Plan work on every backend.

    Args:
        loaded: Configuration.
        names: Backends.
        world: Environment and clock.
        ask: Whether vendors are asked for their queue, where credentials are there.
        planner: Plans the work; a training where nothing else is said.

    Returns:
        The backends that can run it, and those that cannot with the reason.
    """
    found: list[Candidate] = []
    refused: list[Refused] = []
    for name in names:
        try:
            found.append(candidate(loaded, name, world, ask=ask, planner=planner))
        except (PlanError, MissingExtraError) as error:
            hint = f" ({error.hint})" if error.hint else ""
            refused.append(Refused(name=name, reason=f"{error.message}{hint}"))
    return found, refused


def candidate(
    loaded: Loaded, name: str, world: World, *, ask: bool, planner: Planner = training_plan
) -> Candidate:
    """Plan work on one backend.

    Raises:
        PlanError: It cannot run there.
        PluginError: No backend has that name.
    """
    config = resolved(loaded.config, name)
    plan = planner(config, loaded.root, world)
    notes = _default_shots(loaded.config, config, name)
    plan = replace(plan, warnings=(*plan.warnings, *notes))
    config, plan = _named(config, plan)
    return Candidate(config, _asked(config, plan, world) if ask else plan)


def _named(config: Config, plan: Plan) -> tuple[Config, Plan]:
    """Name the machine that a vendor's bare name means, so that the records say which it was."""
    if not plan.purchase.jobs:
        return config, plan
    name = plan.purchase.name
    section = config.backend.model_copy(update={"name": name})
    return config.model_copy(update={"backend": section}), replace(plan, backend=name)


def resolved(config: Config, name: str) -> Config:
    """Return the configuration with one backend named, and shots where it can only sample."""
    vendor = getattr(config.backend, name, None)  # a bare name means its section's device
    device = getattr(vendor, "device", None)
    full = f"{name}.{device}" if device else name
    section = config.backend.model_copy(update={"name": full, "route": []})
    if name != "auto" and not _shots_set(config) and not capabilities_of(section).exact:
        section = section.model_copy(update={"shots": SHOTS})
    return config.model_copy(update={"backend": section})


def _shots_set(config: Config) -> bool:
    return "shots" in config.backend.model_fields_set


def _default_shots(before: Config, after: Config, name: str) -> tuple[str, ...]:
    if before.backend.shots == after.backend.shots:
        return ()
    return (f"`{name}` can only sample: {SHOTS:,} shots a circuit, since backend.shots is not set",)


def _asked(config: Config, plan: Plan, world: World) -> Plan:
    """Add what the vendor says of its machine now, where it can be asked."""
    if not capabilities_of(config.backend).remote:
        return plan
    backend = open_backend(config.backend, environ=world.environ)
    assert is_remote(backend)
    try:
        backend.ready()
        machine: Machine = backend.machine()  # asked once: a plan does not wait for a vendor
        vendor = _vendor_estimate(backend, plan.purchase, config.backend.shots)
    except UsageError:  # no credentials: then nobody is asked
        return replace(plan, warnings=(*plan.warnings, "queue unknown: no credentials to ask with"))
    except ProviderError as error:
        return replace(plan, warnings=(*plan.warnings, f"queue unknown: {error.message}"))
    finally:
        backend.close()
    told = replace(
        plan.purchase,
        queue=machine.queue,
        fidelity=machine.two_qubit_fidelity,
        available=machine.available,
        vendor=vendor,
    )
    return replace(plan, purchases=(told, *plan.purchases[1:]))


def _vendor_estimate(backend: RemoteBackend, purchase: Purchase, shots: int) -> Decimal | None:
    """Ask the vendor what one circuit costs, times all circuits; None where it does not tell."""
    if purchase.circuit is None:
        return None
    money = backend.estimate(Work(circuits=(purchase.circuit,), shots=shots))
    return None if money is None else purchase.circuits * money.amount
