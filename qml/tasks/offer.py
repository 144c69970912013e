"""What work would buy: its plan with a price, and the configuration it would run with.

A command whose work leaves this machine resolves everything before its run folder is made: which
backend of a route, how many shots, what it costs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qml.config import Config, Loaded
from qml.errors import PlanError
from qml.planning.plan import Plan
from qml.planning.routing import Refused, Routing, choose_route, unavailable
from qml.session import World
from qml.tasks.compare import Candidate, Planner, candidate, compare, training_plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Work that could start.

    Attributes:
        loaded: Configuration with backend and shots resolved.
        plan: What would run, and its price.
        routing: How the backend was chosen, where there was a route.
    """

    loaded: Loaded
    plan: Plan
    routing: Routing | None = None


def offer(loaded: Loaded, world: World, planner: Planner = training_plan) -> Offer:
    """Resolve the backend and plan the work on it: a training, or what `planner` plans.

    Raises:
        PlanError: No backend can run it.
    """
    section = loaded.config.backend
    if section.route:
        return _routed(loaded, section.route, world, planner)
    found = candidate(loaded, section.name, world, ask=False, planner=planner)
    return Offer(loaded=_with(loaded, found.config), plan=found.plan)


def plan_on(loaded: Loaded, names: Sequence[str], world: World) -> Plan:
    """Plan a training on several backends, side by side.

    Raises:
        PlanError: None of them can run it.
    """
    found, refused = compare(loaded, names, world, ask=True)
    if not found:
        raise PlanError(
            "no backend can run it",
            details="\n".join(f"{r.name}: {r.reason}" for r in refused),
        )
    first = found[0].plan
    return replace(
        first,
        purchases=tuple(c.plan.purchase for c in found),
        advice=_each([(c.plan.backend, c.plan.advice) for c in found]),
        warnings=(
            *_each([(c.plan.backend, c.plan.warnings) for c in found]),
            *(f"{r.name}: {r.reason}" for r in refused),
        ),
    )


def _routed(loaded: Loaded, names: Sequence[str], world: World, planner: Planner) -> Offer:
    section = loaded.config.backend
    found, refused = compare(loaded, names, world, ask=True, planner=planner)
    try:
        routing = choose_route([c.plan.purchase for c in found], refused, section.prefer)
    except PlanError as error:
        away = [c.plan.purchase for c in found if c.plan.purchase.available is False]
        if section.fallback is None or len(away) < len(found):
            raise
        refused += [unavailable(purchase) for purchase in away]
        return _fallen_back(loaded, section.fallback, error, refused, world, planner)
    chosen = next(c for c in found if c.plan.purchase.name == routing.chosen)
    others = tuple(c.plan.purchase for c in found if c is not chosen)
    plan = replace(
        chosen.plan,
        chosen=routing.reason,
        purchases=(chosen.plan.purchase, *others),
        warnings=(*chosen.plan.warnings, *(f"{r.name}: {r.reason}" for r in routing.refused)),
    )
    return Offer(loaded=_with(loaded, chosen.config), plan=plan, routing=routing)


def _fallen_back(
    loaded: Loaded,
    name: str,
    error: PlanError,
    refused: Sequence[Refused],
    world: World,
    planner: Planner,
) -> Offer:
    """Go on with the simulator that the configuration names for it, loudly."""
    found: Candidate = candidate(loaded, name, world, ask=False, planner=planner)
    reason = f"FALLBACK to `{name}`, which is no machine: {error.message}"
    reasons = (f"{r.name}: {r.reason}" for r in refused)
    plan = replace(found.plan, chosen=reason, warnings=(reason, *reasons, *found.plan.warnings))
    routing = Routing(
        chosen=name, reason=reason, candidates=(plan.purchase,), refused=tuple(refused)
    )
    return Offer(loaded=_with(loaded, found.config), plan=plan, routing=routing)


def _with(loaded: Loaded, config: Config) -> Loaded:
    return replace(loaded, config=config)


def _each(rows: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """Name the backend of each sentence, where there are several backends."""
    if len(rows) == 1:
        return rows[0][1]
    return tuple(f"{name}: {sentence}" for name, sentences in rows for sentence in sentences)
