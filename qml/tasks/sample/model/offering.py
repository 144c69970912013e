"""What new rows would cost: the backend resolved, the plan, the offer."""

from dataclasses import replace
from pathlib import Path

from qml.config import Config, Loaded
from qml.planning.plan import Plan
from qml.planning.strings import local_plan, plan_strings
from qml.session import World
from qml.tasks.offer import Offer
from qml.tasks.offer import offer as offer_work
from qml.tasks.sample.model.source import Source, prepared, source_of
from qml.tasks.site import open_site


def plan(config: Config, source: Source, world: World) -> Plan:
    """Plan the rows on the backend of a resolved configuration.

    Raises:
        PlanError: It cannot run the circuit.
    """
    count = config.sample.model.count
    if source.here(config):
        reason = "drawn from the exact distribution" if source.generator.quantum else None
        return local_plan(source.facts, count, reason)
    assert source.generator.circuit is not None
    circuit = source.generator.circuit(source.stored.params)
    with open_site(config, world) as site:
        return plan_strings(config, circuit, site, facts=source.facts, count=count)


def offer(loaded: Loaded, world: World) -> Offer:
    """Resolve the backend, along a route where there is one, and plan the rows on it.

    Raises:
        PlanError: No backend can run the circuit.
    """
    source = source_of(loaded.config, loaded.root)
    loaded = replace(loaded, config=prepared(loaded.config, source))
    if source.here(loaded.config):
        return Offer(loaded=loaded, plan=plan(loaded.config, source, world))

    def planner(config: Config, root: Path, world: World) -> Plan:
        del root
        return plan(config, source, world)

    return offer_work(loaded, world, planner)
