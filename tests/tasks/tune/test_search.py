"""Searches: seeds of each trial's own, trials that are taken up again, hopeless ones."""

import optuna
import pytest

from qml.config import validate
from qml.config.space import Range
from qml.execution.stop import StopRequest
from qml.seeds import Seeds
from qml.tasks.tune.jobs import Done
from qml.tasks.tune.objective import Objective
from qml.tasks.tune.search import Search
from qml.tasks.tune.searches import Lane, lanes, maker, pruner_of
from qml.tasks.tune.watched import Watched

SPACE = (Range(key="x", low=0.0, high=1.0), Range(key="n", low=1, high=9, integer=True))
UP = Objective(metric="validation_accuracy", direction="max")


@pytest.fixture
def storage():
    return optuna.storages.InMemoryStorage()


def search(storage, sampler="tpe", pruner="none", objective=UP):
    lane = Lane(name="s", sampler=sampler, repeat=0, seed=7)
    config = validate({"tune": {"pruner": pruner}, "train": {"epochs": 9}})
    return Search(
        storage,
        "s",
        sampler=maker(lane, {}),
        pruner=pruner_of(config),
        objective=objective,
        space=SPACE,
    )


def height(values):
    return -((values["x"] - 0.3) ** 2) - values["n"] / 100


def go(found, number):
    drawn = []
    for _ in range(number):
        asked = found.ask()
        drawn.append(asked.values)
        found.tell(asked.number, Done(state="complete", value=height(asked.values)))
    return drawn


@pytest.mark.parametrize("sampler", ["tpe", "random", "cma", "linear", "qubo", "auto"])
def test_a_search_in_pieces_is_the_search_in_one_go(sampler, storage):
    whole = go(search(optuna.storages.InMemoryStorage(), sampler), 16)
    pieces = [values for _ in range(4) for values in go(search(storage, sampler), 4)]
    assert pieces == whole


def test_a_trial_that_was_left_open_is_taken_up_with_its_run(storage):
    first = search(storage)
    asked = first.ask()
    first.born(asked.number, "20261121-100312-a1b2c3")
    first.tell(asked.number, Done(state="interrupted"))
    (again,) = search(storage).left_open()
    assert (again.number, again.values) == (asked.number, asked.values)
    assert again.run_id == "20261121-100312-a1b2c3"


def test_a_trial_that_died_while_it_was_drawn_is_drawn_to_the_end(storage):
    first = search(storage)
    first.study.sampler = optuna.samplers.RandomSampler(seed=0)
    trial = first.study.ask()
    x = trial.suggest_float("x", 0.0, 1.0)
    (again,) = search(storage).left_open()
    assert again.values["x"] == x
    assert 1 <= again.values["n"] <= 9
    assert again.run_id is None


def test_of_equal_accuracies_the_lower_loss_is_better(storage):
    found = search(storage)
    for loss in (0.5, 0.2, 0.3):
        asked = found.ask()
        found.tell(asked.number, Done(state="complete", value=0.9, facts={"validation_loss": loss}))
    assert found.best().number == 1


class Teller:
    def __init__(self, found, number):
        self.found, self.number = found, number

    def born(self, run_id):
        self.found.born(self.number, run_id)

    def report(self, epoch, values):
        return self.found.report(self.number, epoch, values)


def test_hopeless_trainings_are_asked_to_stop(storage):
    found = search(storage, pruner="median")
    for number in range(7):
        asked = found.ask()
        watched, stop = Watched(Teller(found, asked.number)), StopRequest()
        watched.stops(stop)
        hopeless = number == 6
        for epoch in range(1, 5):
            watched.metrics(epoch * 10, {"loss": 0.1, "epoch": epoch})
            loss = 9.0 if hopeless else 1.0 / epoch
            watched.metrics(epoch * 10, {"validation_loss": loss, "epoch": epoch})
        assert stop.requested is watched.given_up is hopeless
        found.tell(asked.number, Done(state="complete", value=0.5))


def test_lanes_have_names_and_seeds_of_their_own():
    config = validate({"tune": {"sampler": "tpe", "rival": "random", "repeats": 2}})
    found = lanes(config, "s", Seeds(0))
    assert [lane.name for lane in found] == ["s", "s/random", "s/2", "s/2/random"]
    assert [lane.place for lane in found] == ["tpe/0", "random/0", "tpe/1", "random/1"]
    assert len({lane.seed for lane in found}) == 4
    alone = lanes(validate({"tune": {"sampler": "random", "rival": "random"}}), "s", Seeds(0))
    assert [lane.name for lane in alone] == ["s"]
