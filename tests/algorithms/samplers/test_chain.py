"""Budgets, warm-up, and what draws are said to be worth."""

import numpy as np
import pytest

from qml.algorithms.samplers import Limits, Task, build, draw
from qml.algorithms.samplers.exact import Exact
from qml.algorithms.samplers.measure import measure
from qml.algorithms.samplers.pictures import histogram, traces
from qml.algorithms.samplers.verdict import best, verdict


class Ticking:
    """A clock on which every look takes a tenth of a second."""

    def __init__(self) -> None:
        self.time = 0.0

    def monotonic(self) -> float:
        self.time += 0.1
        return self.time

    def now(self) -> float:
        return self.time


def drawn(target, limits, name="metropolis", **options):
    kernel = build(name, Task(target=target))
    return draw(kernel, chains=4, seed=1, limits=limits, clock=Ticking(), **options)


def test_steps_are_made_exactly_whatever_else_is_set(ferromagnet):
    draws = drawn(ferromagnet, Limits(steps=7, evaluations=1, seconds=0.1))
    assert (draws.steps, draws.made) == (7, 7)
    assert draws.spins.shape == (7, 4, 4)


def test_evaluations_end_a_chain(ferromagnet):
    draws = drawn(ferromagnet, Limits(evaluations=100))
    assert draws.info.evaluations == 4 + 6 * 16, "the start counts too"


def test_time_ends_a_chain_but_not_before_the_least(ferromagnet):
    assert drawn(ferromagnet, Limits(seconds=0.55)).steps == 5
    assert drawn(ferromagnet, Limits(seconds=0.55, least=9)).steps == 9


def test_a_number_of_steps_at_most(ferromagnet):
    assert drawn(ferromagnet, Limits(most=3)).steps == 3


def test_the_steps_of_a_run_repeat_it(ferromagnet):
    first = drawn(ferromagnet, Limits(seconds=0.8))
    again = drawn(ferromagnet, Limits(steps=first.made))
    np.testing.assert_array_equal(first.spins, again.spins)


def test_a_stop_keeps_what_was_drawn(ferromagnet):
    asked = iter([False, False, True])
    draws = drawn(ferromagnet, Limits(), stop=lambda: next(asked))
    assert (draws.steps, draws.interrupted) == (2, True)


def test_who_watches_is_told_of_every_step(ferromagnet):
    told = []
    drawn(ferromagnet, Limits(steps=3), watch=lambda *facts: told.append(facts))
    assert [steps for steps, _, _ in told] == [1, 2, 3]


def test_warm_up_is_left_out_but_counted(ferromagnet):
    draws = drawn(ferromagnet, Limits(steps=10))
    kept = draws.after(0.25)
    assert (kept.steps, kept.made) == (8, 10)
    assert kept.info == draws.info
    np.testing.assert_array_equal(kept.energies, draws.energies[2:])


def test_measures_of_exact_samples(ferromagnet):
    exact = Exact.of(ferromagnet)
    draws = drawn(ferromagnet, Limits(steps=1000), name="swendsen_wang").after(0.1)
    found = measure(draws, exact)
    assert found.draws == 3600
    assert 500 < found.ess <= 8000
    assert found.rhat < 1.02
    assert found.energy_ci[0] < exact.energy < found.energy_ci[1]
    assert found.energy_error == pytest.approx(found.energy - exact.energy)
    assert found.tvd < 2 * found.tvd_independent
    assert found.acceptance is None, "clusters are never refused"


def test_chains_that_are_stuck_in_two_valleys_have_not_mixed(ferromagnet):
    draws = drawn(ferromagnet, Limits(steps=20))
    down = np.array([1, -1, 1, 1], dtype=np.int8)[:, None] * np.ones(4, dtype=np.int8)
    stuck = draws._replace(
        spins=np.tile(down, (20, 1, 1)),
        energies=np.random.default_rng(0).normal(size=(20, 4)),  # where energies alone look well
    )
    found = measure(stuck, None)
    assert found.rhat > 1000
    assert found.ess < 5


def test_measures_of_a_single_draw(ferromagnet):
    found = measure(drawn(ferromagnet, Limits(steps=1)), None)
    assert (found.ess, found.rhat, found.energy_ci, found.tvd) == (None,) * 4


def test_pictures_add_up(ferromagnet):
    draws = drawn(ferromagnet, Limits(steps=300))
    shown = histogram({"metropolis": draws}, Exact.of(ferromagnet))
    assert sum(shown["shares"]["metropolis"]) == pytest.approx(1)
    assert sum(shown["exact"]) == pytest.approx(1, abs=0.05)
    points = traces({"metropolis": draws})["metropolis"]
    assert len(points) == 150
    assert points[-1][1] == draws.energies[298, 0]


def row(method, ess, rhat=1.0, evaluations=1000, seconds=1.0):
    return {
        "method": method,
        "ess": ess,
        "rhat": rhat,
        "ess_per_evaluation": None if ess is None else ess / evaluations,
        "ess_per_second": None if ess is None else ess / seconds,
    }


def test_the_verdict_names_the_classical_rival_and_who_wins():
    rows = [
        row("metropolis", 50, seconds=0.1),
        row("quantum_inspired", 90),
        row("qemcmc", 200, seconds=4),
    ]
    said = verdict(rows)
    assert "qemcmc gives most effective samples per evaluation, 200 in 1,000" in said
    assert "2.2 times the best classical rival, quantum_inspired (90)" in said
    assert "metropolis gives most effective samples per second, 500: 10 times qemcmc (50)" in said
    assert best(rows)["method"] == "qemcmc"


def test_chains_that_did_not_mix_never_win():
    rows = [row("metropolis", 50), row("qemcmc", 5000, rhat=1.4)]
    said = verdict(rows)
    assert "metropolis gives most effective samples per second, 50; qemcmc did not mix." in said
    assert "guesses: qemcmc" in said
    assert best(rows)["method"] == "metropolis"


def test_where_nothing_mixed_nothing_is_decided():
    rows = [row("metropolis", None, rhat=None), row("qemcmc", 3, rhat=2.0)]
    assert verdict(rows).startswith("Not decided")
    assert best(rows)["method"] == "qemcmc"


def test_a_side_that_is_missing_is_told():
    assert "no quantum method stands beside it" in verdict([row("metropolis", 50)])
