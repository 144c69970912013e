"""The plan of a Markov chain whose proposals are circuits."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from qml.algorithms.samplers import Target, read_options
from qml.algorithms.samplers.circuits import example
from qml.algorithms.samplers.quench import trotter_steps
from qml.circuits import Circuit
from qml.config import Config
from qml.planning.advice import packing
from qml.planning.checks import check_backend
from qml.planning.plan import Plan
from qml.planning.price import price_purchase
from qml.planning.purchase import Batch, Purchase, free_purchase
from qml.planning.site import Site
from qml.results.outcome import ModelFacts


def plan_proposals(
    config: Config,
    target: Target,
    site: Site,
    *,
    chains: int,
    steps: int,
    options: Mapping[str, Any],
) -> Plan:
    """Plan the quenches of `qemcmc`.

    Their lengths are drawn as the chains go; the price is that of circuits of the mean length.

    Args:
        config: Configuration, the backend resolved.
        target: The problem.
        site: Where it runs.
        chains: Chains, whose circuits share a submission.
        steps: Steps of each chain, one submission each.
        options: Settings of `qemcmc`.

    Raises:
        PlanError: The backend cannot run it.
    """
    check_backend(site.name, site.capabilities, config, target.size)
    settings = read_options("qemcmc", options)
    steps_of = settings.step
    shots, (shortest, longest) = config.backend.shots, settings.time
    gamma = sum(settings.mixing) / 2
    sample = example(target, gamma, (shortest + longest) / 2, steps_of)
    top = _purchase(config, site, example(target, gamma, longest, steps_of), steps, chains)
    purchase = replace(_purchase(config, site, sample, steps, chains), high=top.high)
    return Plan(
        backend=site.name,
        chosen=None,
        model=ModelFacts(
            kind="qemcmc", qubits=target.size, layers=trotter_steps(longest, steps_of), parameters=0
        ),
        gradient="none",
        rows={"chains": chains, "samples": config.sample.ising.count},
        steps=steps,
        epochs=0,
        circuits=steps * chains,
        shots=steps * chains * shots,
        bytes=None,
        purchases=(purchase,),
        advice=_advice(config, site, purchase, sample, steps, chains),
        warnings=(*site.warnings, *_warnings(steps, chains, shots, remote=purchase.jobs > 0)),
    )


def local_plan(config: Config, target: Target, methods: Sequence[str]) -> Plan:
    """Return the plan of samplers that run on this machine and need no circuits."""
    return Plan(
        backend="local",
        chosen=None,
        model=ModelFacts(kind=", ".join(methods), qubits=0, layers=0, parameters=0),
        gradient="none",
        rows={"spins": target.size, "samples": config.sample.ising.count},
        steps=0,
        epochs=0,
        circuits=0,
        shots=0,
        bytes=None,
        purchases=(free_purchase("local", (), (), 0),),
    )


def _purchase(config: Config, site: Site, circuit: Circuit, steps: int, chains: int) -> Purchase:
    batches, shots = [Batch(steps, chains, "step of all chains")], config.backend.shots
    if site.remote is None or site.tariff is None:
        return free_purchase(site.name, [circuit], batches, shots)
    pack = config.backend.pack
    return price_purchase(site.remote, site.tariff, [circuit], batches, shots, side_by_side=pack)


def _advice(
    config: Config, site: Site, purchase: Purchase, sample: Circuit, steps: int, chains: int
) -> tuple[str, ...]:
    if not purchase.jobs:
        return ()
    return tuple(packing(config, site, purchase, [sample], [Batch(steps, chains, "step")]))


def _warnings(steps: int, chains: int, shots: int, *, remote: bool) -> tuple[str, ...]:
    sequential = (
        f"a Markov chain is sequential: {steps:,} submissions one after the other, each with one"
        f" circuit for each of {chains} chains; more chains make fewer and larger ones"
    )
    wasted = f"one of {shots:,} shots is used for each proposal; backend.shots = 1 is enough"
    return tuple(s for s, holds in ((sequential, remote), (wasted, shots > 1)) if holds)
