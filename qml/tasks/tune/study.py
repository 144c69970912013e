"""A study from its first trial to its outcome, once its run is open."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qml.config import Config
from qml.config.space import Parameter
from qml.config.tuned import parameters
from qml.execution.stop import StopRequest
from qml.records import RunFolder
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.fleet.executors import Craft, Executor, InProcess
from qml.tasks.tune.jobs import Done, Job, Watcher, trial_config, verb_of
from qml.tasks.tune.loop import Limits, Loop, Reason
from qml.tasks.tune.objective import Objective, objective_of
from qml.tasks.tune.perform import BORN, perform_far
from qml.tasks.tune.purse import Purse
from qml.tasks.tune.search import Asked, Search
from qml.tasks.tune.searches import Lane, lanes, open_search
from qml.tasks.tune.storage import writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What the searches of a study came to.

    Attributes:
        name: Name of the study.
        objective: What trials were judged by.
        space: What was tuned.
        lanes: The searches that were begun, with the studies that hold their trials.
        reason: Why it stopped.
        purse: What it cost.
    """

    name: str
    objective: Objective
    space: tuple[Parameter, ...]
    lanes: tuple[tuple[Lane, Search], ...]
    reason: Reason
    purse: Purse


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What all searches of a study share.

    Attributes:
        run: The study's run.
        config: Configuration.
        root: Folder of the project.
        world: Clock, environment and progress.
        purse: Money.
        objective: What trials are judged by.
        searches: Searches by name, as they are opened.
    """

    run: RunFolder
    config: Config
    root: Path
    world: World
    purse: Purse
    objective: Objective
    searches: dict[str, Search]

    def job(self, asked: Asked, search: str) -> Job:
        """Make the job of a trial."""
        return Job(
            search=search,
            number=asked.number,
            verb=verb_of(self.config),
            name=f"{search.replace('/', '-')}-{asked.number}",
            parent=self.run.id,
            config=trial_config(self.config, asked.values).document(),
            metric=self.objective.metric,
            run_id=asked.run_id,
        )

    def watch(self, job: Job) -> Watcher:
        """Return whom a trial tells how it goes."""
        return Teller(self.searches[job.search], job, self.purse)

    def answer(self, job: Job, kind: str, value: Any) -> bool:
        """Answer what a trial tells."""
        watcher = self.watch(job)
        if kind == BORN:
            watcher.born(value)
            return False
        return watcher.report(*value)


class Teller:
    """Writes down what a running trial tells.

    Args:
        search: Its search.
        job: The trial.
        purse: Money.
    """

    def __init__(self, search: Search, job: Job, purse: Purse) -> None:
        self._search = search
        self._job = job
        self._purse = purse

    def born(self, run_id: str) -> None:
        """Take note of the trial's run; nothing was bought before."""
        self._search.born(self._job.number, run_id)
        self._purse.born((self._job.search, self._job.number), run_id)

    def report(self, epoch: int, values: Mapping[str, float]) -> bool:
        """Take note of how an epoch went, and say whether to give the trial up."""
        return self._search.report(self._job.number, epoch, values)


@contextmanager
def searched(
    run: RunFolder, config: Config, root: Path, stop: StopRequest, world: World, seeds: Seeds
) -> Iterator[Searched]:
    """Run all searches of a study; its storage stays open while the caller looks at them."""
    name = config.tune.study or run.id
    objective, space = objective_of(config), parameters(config)
    searches: dict[str, Search] = {}
    purse = Purse(config, root, world, run.id, lambda: _all_runs(searches))
    desk = Desk(
        run=run,
        config=config,
        root=root,
        world=world,
        purse=purse,
        objective=objective,
        searches=searches,
    )
    with ExitStack() as opened:
        storage = opened.enter_context(writing(root, name))
        planned = lanes(config, name, seeds)
        for lane in planned:
            desk.searches[lane.name] = open_search(lane, storage, config, objective, space)
        reason = _carry_out(desk, planned, stop)
        yield Searched(
            name=name,
            objective=objective,
            space=space,
            lanes=tuple((lane, desk.searches[lane.name]) for lane in planned),
            reason=reason,
            purse=purse,
        )


def _all_runs(searches: Mapping[str, Search]) -> list[str]:
    """Return the runs of all trials, and of all last trainings."""
    return [run for s in searches.values() for run in (*s.runs(), *s.refits().values())]


def _carry_out(desk: Desk, planned: list[Lane], stop: StopRequest) -> Reason:
    """Run the searches one after the other."""
    used, trials = desk.config.tune.used, desk.config.tune.trials
    wanted = [used.get(lane.place, trials) for lane in planned]
    executor = _executor(desk, stop)
    deadline = _deadline(desk)
    reason: Reason = "trials"
    try:
        with desk.world.progress.bar("tuning", sum(wanted)) as bar:
            for number, lane in enumerate(planned):
                search = desk.searches[lane.name]
                bar.advance(search.begun - len(search.open_numbers()))
                loop = Loop(
                    search, executor, desk.job, desk.purse, desk.objective, desk.world.clock, bar
                )
                until = _share(desk, deadline, len(planned) - number)
                ended = loop.run(
                    Limits(trials=wanted[number], until=until, stop=lambda: stop.requested)
                )
                reason = ended if ended != "trials" else reason
                if reason in {"interrupted", "budget"}:
                    break
    finally:
        executor.close()
    return reason


def _deadline(desk: Desk) -> float | None:
    seconds = desk.config.tune.seconds
    return None if seconds is None else desk.world.clock.monotonic() + seconds


def _share(desk: Desk, deadline: float | None, searches: int) -> float | None:
    """Share the time that is left out evenly among the searches that are left."""
    if deadline is None:
        return None
    now = desk.world.clock.monotonic()
    return now + max(0.0, deadline - now) / searches


def _executor(desk: Desk, stop: StopRequest) -> Executor[Job, Done]:
    craft = Craft(perform=perform_far, answer=desk.answer, lost=_lost)
    if desk.config.tune.parallel == 1:
        return InProcess(craft, desk.root, desk.world)
    from qml.tasks.fleet.pool import Pool

    return Pool(desk.config.tune.parallel, craft, desk.root, desk.world, lambda: stop.requested)


def _lost(job: Job, why: str) -> Done:
    del job
    return Done(state="failed", error=why)
