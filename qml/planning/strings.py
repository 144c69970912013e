"""The plan of strings that are measured from one circuit."""

from math import ceil

from qml.circuits import Circuit
from qml.config import Config
from qml.planning.checks import check_backend
from qml.planning.plan import Plan
from qml.planning.price import price_purchase
from qml.planning.purchase import Batch, Purchase, free_purchase
from qml.planning.site import Site
from qml.results.outcome import ModelFacts

MOST_SHOTS = 10_000
"""Shots of one circuit; more strings are measured from several copies, as vendors have limits."""

MANY_GATES = 5_000


def copies_of(count: int) -> tuple[int, int]:
    """Return how many copies of the circuit give so many strings, and the shots of each."""
    copies = ceil(count / MOST_SHOTS)
    return copies, ceil(count / copies)


def plan_strings(
    config: Config, circuit: Circuit, site: Site, *, facts: ModelFacts, count: int
) -> Plan:
    """Plan the measurement of strings.

    Args:
        config: Configuration, the backend resolved, its shots those of one circuit.
        circuit: The trained circuit.
        site: Where it runs.
        facts: Size of the model.
        count: Strings.

    Raises:
        PlanError: The backend cannot run it.
    """
    check_backend(site.name, site.capabilities, config, circuit.wires)
    copies, shots = copies_of(count)
    return Plan(
        backend=site.name,
        chosen=None,
        model=facts,
        gradient="none",
        rows={"samples": count},
        steps=0,
        epochs=0,
        circuits=copies,
        shots=copies * shots,
        bytes=None,
        purchases=(_purchase(config, site, circuit, copies, shots),),
        warnings=(*site.warnings, *_warnings(circuit, site)),
    )


def local_plan(facts: ModelFacts, count: int, chosen: str | None) -> Plan:
    """Return the plan of strings that are drawn on this machine without a circuit."""
    return Plan(
        backend="local",
        chosen=chosen,
        model=facts,
        gradient="none",
        rows={"samples": count},
        steps=0,
        epochs=0,
        circuits=0,
        shots=0,
        bytes=None,
        purchases=(free_purchase("local", (), (), 0),),
    )


def _purchase(config: Config, site: Site, circuit: Circuit, copies: int, shots: int) -> Purchase:
    batches = [Batch(1, copies, "sample")]
    if site.remote is None or site.tariff is None:
        return free_purchase(site.name, [circuit], batches, shots)
    pack = config.backend.pack
    return price_purchase(site.remote, site.tariff, [circuit], batches, shots, side_by_side=pack)


def _warnings(circuit: Circuit, site: Site) -> tuple[str, ...]:
    wide = sum(len(gate.wires) > 1 for gate in circuit.gates)
    if wide <= MANY_GATES or site.remote is None:
        return ()
    advice = "model.generator.locality = 2 trains a circuit that is shallow"
    return (f"{wide:,} two-qubit gates are far beyond what machines run; {advice}",)
