"""Reasons are differences of the objective."""

import pytest

from qml.algorithms.selection import choose_subset, explain
from qml.problems import Group


def test_reasons_add_up(made):
    problem = made(0, 9, 4)
    chosen = choose_subset(problem).chosen
    reasons = explain(problem, chosen)
    assert [reason.place for reason in reasons] == list(chosen)
    quality = sum(reason.from_quality for reason in reasons)
    distance = sum(reason.from_distance for reason in reasons) / 2  # each pair is told twice
    assert quality + distance == pytest.approx(problem.value(chosen))
    assert all(reason.gain == reason.from_quality + reason.from_distance for reason in reasons)


def test_costs_are_what_a_swap_loses(made):
    problem = made(1, 9, 4)
    chosen = choose_subset(problem).chosen
    for reason in explain(problem, chosen):
        for other, cost in (
            (reason.nearest, reason.nearest_cost),
            (reason.best_swap, reason.best_swap_cost),
        ):
            after = {*chosen, other} - {reason.place}
            assert cost == pytest.approx(problem.value(chosen) - problem.value(tuple(after)))
            assert cost >= -1e-12, "the choice is optimal"
        assert reason.held_by == ()


def test_the_quota_that_holds_an_answer_is_named(made, optimum):
    free = made(2, 9, 3)
    unwanted = tuple(i for i in range(9) if i not in optimum(free)[0])[:2]
    problem = made(2, 9, 3, quotas=(Group("colour=red", unwanted, 1, 1),))
    held = {r.place: r.held_by for r in explain(problem, choose_subset(problem).chosen)}
    assert [place for place, by in held.items() if by] == [p for p in held if p in unwanted]
    assert all(by in ((), ("colour=red",)) for by in held.values())


def test_where_all_are_chosen_there_is_no_rival(made):
    reasons = explain(made(0, 3, 3), (0, 1, 2))
    assert all(r.nearest is None and r.best_swap is None for r in reasons)


def test_where_a_quota_forbids_every_swap_there_is_none(made):
    problem = made(0, 4, 2, quotas=(Group("a", (0,), 1, 1), Group("b", (1,), 1, 1)))
    assert all(reason.best_swap is None for reason in explain(problem, (0, 1)))
