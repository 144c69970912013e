from decimal import Decimal

import pytest

from qml.benchmarking.measurements import price
from qml.benchmarking.measurements.base import Priced, Rehearsed, Surroundings
from qml.config import Config
from qml.errors import ConfigError, PlanError
from qml.ports import Silence


class FakeTrade:
    """Trainings that reach what they are said to reach, by their shots."""

    def __init__(self, validated, test=None):
        self.validated, self.test, self.asked = validated, test or {}, []

    def train(self, settings):
        self.asked.append(settings)
        shots, steps = settings["backend.shots"], settings.get("train.steps")
        history = tuple((10 * (i + 1), a) for i, a in enumerate(self.validated[shots]))
        kept = tuple(row for row in history if steps is None or row[0] <= steps)
        return Rehearsed("run", self.test.get((shots, kept[-1][0]), kept[-1][1]), kept, 1.5)

    def rival(self, settings):
        return Rehearsed("rival", self.test[settings["rival.name"]], (), 0.25)

    def price(self, settings, backend):
        self.asked.append({**settings, "device": backend})
        amounts = [Decimal(n) * settings["train.steps"] for n in ("1", "1.5", "2")]
        return Priced(*amounts, "USD", 100, 5000, ("a note",))


def measured(tmp_path, trade, **options):
    around = Surroundings(
        config=Config(),
        root=tmp_path,
        folder=tmp_path,
        environ={},
        seed=0,
        progress=Silence(),
        stop=lambda: False,
        trade=trade,
    )
    return price.measure({"device": "ionq.forte-1", "shots": [50, 500], **options}, around)


def test_the_first_epoch_that_reaches_it_is_bought(tmp_path):
    trade = FakeTrade({50: [0.6, 0.85, 0.95, 0.7]})
    found = measured(tmp_path, trade, target=0.8)
    assert (found.metrics["steps"], found.metrics["shots"]) == (20, 50)
    assert [found.metrics[k] for k in ("price_low", "price", "price_high")] == [20, 30, 40]
    assert found.facts["prices"] == ["20", "30.0", "40"]
    assert [a.get("train.steps") for a in trade.asked] == [None, 20, 20]


def test_more_shots_are_tried_where_fewer_do_not_reach_it(tmp_path):
    found = measured(tmp_path, FakeTrade({50: [0.6, 0.7], 500: [0.7, 0.9]}), target=0.9)
    assert found.metrics["shots"] == 500


def test_best_is_the_best_of_the_validation(tmp_path):
    found = measured(tmp_path, FakeTrade({50: [0.6, 0.75, 0.7]}), target="best")
    assert (found.metrics["steps"], found.metrics["validation_accuracy"]) == (20, 0.75)


def test_not_reached_is_an_outcome_with_what_was_reached(tmp_path):
    found = measured(tmp_path, FakeTrade({50: [0.6], 500: [0.7]}), target=0.9)
    assert found.skipped.startswith("not reached: 0.9; with 50 shots 0.600 of the validation rows")
    assert not found.metrics


def test_validation_alone_does_not_count(tmp_path):
    trade = FakeTrade({50: [0.9], 500: [0.9]}, test={(50, 10): 0.5, (500, 10): 0.92})
    assert measured(tmp_path, trade, target=0.8).metrics["shots"] == 500
    low = FakeTrade({50: [0.9], 500: [0.9]}, test={(50, 10): 0.5, (500, 10): 0.6})
    assert "0.600 of the test rows" in measured(tmp_path, low, target=0.8).skipped


def test_a_classical_model_costs_nothing(tmp_path):
    trade = FakeTrade({}, test={"rbf_svc": 0.85})
    asked = {"device": None, "rival": "rbf_svc"}
    found = measured(tmp_path, trade, target=0.8, **asked)
    assert (found.metrics["price"], found.metrics["seconds"]) == (0, 0.25)
    assert "0.850" in measured(tmp_path, trade, target=0.9, **asked).skipped


def test_noise_of_the_machine_is_rehearsed_and_not_bought(tmp_path):
    trade = FakeTrade({50: [0.9]})
    measured(tmp_path, trade, target=0.8, noise="forte-1")
    first, last = trade.asked[0], trade.asked[-1]
    assert (first["backend.name"], first["backend.noise.model"]) == ("aer", "forte-1")
    assert (last["device"], last["backend.noise.model"]) == ("ionq.forte-1", None)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "one of `device` and `rival`"),
        ({"device": "a.b", "rival": "c"}, "one of `device` and `rival`"),
        ({"device": "a.b", "target": 1.5}, "no accuracy"),
        ({"device": "a.b", "target": "most"}, "measure.options.target"),
        ({"device": "a.b", "shots": [500, 50]}, "does not rise"),
        ({"device": "a.b", "shots": []}, "measure.options.shots"),
        ({"device": "a.b", "noise": "none"}, "measure.options.noise"),
    ],
)
def test_options_are_checked_first(options, said):
    with pytest.raises(ConfigError, match=said):
        price.check(options)


def test_alone_it_cannot_be_measured(tmp_path):
    with pytest.raises(PlanError, match="in a run"):
        measured(tmp_path, None)
