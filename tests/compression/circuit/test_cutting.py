"""Cuts: counts are kept, models of the loss are exact where they should be, rounds never lose."""

from itertools import product

import numpy as np
import pytest
from compression.circuit.trained import small

from qml.compression.circuit import rivals
from qml.compression.circuit.counts import counts_of
from qml.compression.circuit.cutting import cuts_of
from qml.compression.circuit.damage import Damage
from qml.compression.circuit.expansions import agreement, expansions
from qml.compression.circuit.measuring import measure
from qml.compression.circuit.pieces import of_kind, pieces_of
from qml.compression.circuit.repeating import around, repeat
from qml.compression.circuit.search import Search, reduced
from qml.compression.circuit.whole import whole_of
from qml.config.sections.compress import CircuitSection
from qml.errors import PlanError
from qml.ports import Silence, SystemClock
from qml.seeds import Seeds


def never() -> bool:
    return False


SEARCH = Search(20_000, 0, SystemClock(), never, never)


@pytest.fixture(scope="module")
def damage():
    from qml.engine.environment import setup

    setup(precision="float64")
    model, params, rows = small("variational", ansatz="ising")
    pieces = pieces_of(model, params, rows.features)
    yield Damage(model, params, pieces, rows.features, rows.labels)
    setup(precision="float32")


@pytest.fixture(scope="module")
def measured(damage):
    return {e.name: e for e in expansions(damage, most=99)}


def test_pairs_are_exact_for_one_and_two_pieces(damage, measured):
    single = np.eye(damage.size, dtype=np.int8)
    pairs = np.array([a | b for a, b in zip(single[1:], single[:-1], strict=True)])
    for cuts in (single, pairs):
        np.testing.assert_allclose(
            measured["pairs"].predict(cuts), damage.losses(cuts), rtol=0, atol=1e-9
        )
    np.testing.assert_allclose(measured["single"].predict(single), damage.losses(single))


def test_an_expansion_around_a_cut_is_exact_for_one_and_two_flips(damage, measured):
    cut = np.zeros(damage.size, dtype=np.int8)
    cut[[1, 4, 6]] = 1
    second = measured["second"].couplings
    local = around(damage, cut, float(damage.losses(cut[None])[0]), second, 99)
    flips = np.array(
        [f for f in product((0, 1), repeat=damage.size) if sum(f) in (0, 1, 2)], dtype=np.int8
    )
    np.testing.assert_allclose(
        local.predict(flips ^ cut), damage.losses(flips ^ cut), rtol=0, atol=1e-9
    )


def test_every_cut_takes_as_many_of_each_kind(damage):
    counts = counts_of(damage.pieces, 0.34)
    assert counts == {"two_qubit": 1, "rotation": 2}
    section = CircuitSection(pairs=99, qaoa=3, rounds=3, starts=1)
    found = measure(
        damage, counts, section, Seeds(0), progress=Silence(), clock=SystemClock(), stop=never
    )
    cuts = list(
        cuts_of(
            damage,
            counts,
            found,
            section,
            SEARCH,
            solver="ilp",
            rounds=5,
            progress=Silence(),
        )
    )
    assert cuts[0].label == "quadratic"
    assert {c.label for c in cuts[1:]} == set(section.rivals)
    for cut in cuts:
        for kind, number in counts.items():
            assert cut.taken[of_kind(damage.pieces, kind)].sum() == number
        assert cut.loss == pytest.approx(damage.losses(cut.taken[None])[0])
    assert cuts[0].rounds <= 5
    losses = {cut.label: cut.loss for cut in cuts}
    assert losses["quadratic"] <= losses["once"]
    assert losses["swaps"] <= losses["greedy"]


def test_rounds_end_where_no_swap_is_better(damage, measured):
    counts = counts_of(damage.pieces, 0.34)
    start = rivals.random(damage, counts, seed=3)
    found = repeat(
        damage,
        counts,
        start,
        measured["second"].couplings,
        SEARCH,
        solver="ilp",
        most=99,
        rounds=20,
    )
    assert found.rounds < 20
    tried = rivals._swapped(damage, counts, found.taken)
    assert damage.losses(tried).min() >= found.loss - 1e-9


def test_a_reduced_problem_is_the_whole_one_with_the_rest_fixed(damage, measured):
    counts = counts_of(damage.pieces, 0.67)
    around_cut = rivals.random(damage, counts, seed=5)
    problem, free = reduced(measured["pairs"], damage.pieces, counts, around_cut, most=3)
    for values in product((0, 1), repeat=len(free)):
        cut = around_cut.copy()
        cut[free] = values
        small_one = problem.objectives(np.array([values], dtype=np.int8))
        np.testing.assert_allclose(small_one, measured["pairs"].predict(cut[None]), atol=1e-12)
    assert problem.groups[0].low == around_cut[free].sum()


def test_agreement_is_a_rank_correlation(damage, measured):
    cuts = np.eye(damage.size, dtype=np.int8)
    assert agreement(measured["single"], cuts, damage.losses(cuts)) == pytest.approx(1)
    assert agreement(measured["first"], cuts[:1], damage.losses(cuts[:1])) == 0


@pytest.mark.long
def test_what_the_read_out_never_sees_costs_nothing():
    """The last RZ before a measurement of Z on another wire changes no probability."""
    model, params, rows = small("variational", ansatz="ring")
    pieces = pieces_of(model, params, rows.features)
    whole = Damage(model, params, pieces, rows.features, rows.labels)
    single = next(e for e in expansions(whole, 0) if e.name == "single").linear
    assert np.abs(single).min() < 1e-12


def test_less_than_one_piece(damage):
    with pytest.raises(PlanError, match="less than one"):
        counts_of(damage.pieces, 0.05)


@pytest.mark.long
def test_training_after_it_goes_towards_the_whole_model():
    from qml.compression.circuit.retraining import retrain

    model, params, rows = small("hybrid")
    whole = whole_of(model, params, rows, rows=24, seed=0, weights=True)
    counts = counts_of(whole.pieces, 0.34)
    taken = rivals.random(whole.damage(), counts, seed=1)
    from qml.compression.circuit.result import cut_model

    cut = cut_model(params, whole.pieces, taken)
    found = retrain(
        model, cut, whole.teacher, whole.features, steps=30, learning_rate=0.05, stop=never
    )
    assert found.after < found.before
    for name, mask in cut.masks.items():
        assert not found.cut.params[name][~mask].any()
    assert found.cut.dropped == cut.dropped
