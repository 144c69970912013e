"""Runs the methods one after the other."""

from typing import TYPE_CHECKING

from qml.algorithms.samplers import Draws, Info, Task, build, draw
from qml.config import Config
from qml.errors import InterruptedRunError
from qml.ports import Bar, Clock
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.sample.ising.assignment import Assignment, limits_of
from qml.tasks.sample.machine import Machine

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest

EVERY = 0.05
"""Seconds between two looks at a progress bar."""


def draw_all(
    config: Config,
    work: Assignment,
    seeds: Seeds,
    machine: Machine,
    stop: "StopRequest",
    world: World,
) -> dict[str, Draws]:
    """Run one method after the other; those that drew nothing are left out.

    Raises:
        InterruptedRunError: Somebody asked to stop before anything was drawn.
    """
    found: dict[str, Draws] = {}
    for name in work.methods:
        draws = _draw(name, config, work, seeds, machine, stop, world)
        if draws.steps:
            found[name] = draws
        if draws.interrupted:
            break
    if not found:
        raise InterruptedRunError("interrupted before anything was drawn")
    return found


def _draw(
    name: str,
    config: Config,
    work: Assignment,
    seeds: Seeds,
    machine: Machine,
    stop: "StopRequest",
    world: World,
) -> Draws:
    section, evaluator = config.sample.ising, None
    if name == "qemcmc" and machine.evaluator is not None:
        evaluator = machine.evaluator
        evaluator.begin(name)
    limits = limits_of(name, section, work)
    kernel = build(name, Task(target=work.target, evaluator=evaluator), section.options.get(name))
    total = limits.steps or limits.most
    amount = None if total is None else total * section.chains
    with world.progress.bar(name, amount or limits.evaluations) as bar:
        watch = _Watch(bar, world.clock, machine, proposals=amount is not None)
        return draw(
            kernel,
            chains=section.chains,
            seed=seeds[f"samplers/{name}"],
            limits=limits,
            clock=world.clock,
            watch=watch,
            stop=lambda: stop.requested,
        )


class _Watch:
    """Tells a bar of the progress, now and then."""

    def __init__(self, bar: Bar, clock: Clock, machine: Machine, *, proposals: bool) -> None:
        self._bar, self._clock, self._machine = bar, clock, machine
        self._proposals = proposals
        self._told, self._next = 0, 0.0

    def __call__(self, steps: int, info: Info, energy: float) -> None:
        """Move the bar where it is time."""
        now = self._clock.monotonic()
        if now < self._next:
            return
        done = info.proposed if self._proposals else info.evaluations
        facts = {"energy": f"{energy:.4g}", "draws": f"{steps:,}", **self._machine.facts()}
        self._bar.advance(done - self._told, **facts)
        self._told, self._next = done, now + EVERY
