"""Judging many bits by drawn parities agrees with judging all of them."""

import numpy as np

from qml.algorithms.generators import bitflip
from qml.algorithms.generators.judging import HeldOut, compare, judge
from qml.config.sections import GeneratorSection, ModelSection
from qml.results import mmd


def held(bits, count=2_000):
    rows = (np.random.default_rng(0).random((count, bits)) < 0.3).astype(np.int8)
    target = mmd.empirical(rows) if bits <= mmd.MOST_BITS else None
    return HeldOut(rows=rows, sigmas=(1.0, 2.0), target=target, seed=0)


def flips(bits, chance, locality=1):
    section = ModelSection(kind="bitflip", generator=GeneratorSection(locality=locality))
    angles = np.full(bits, np.arcsin(np.sqrt(chance)))
    return bitflip.build(section, bits), {"angles": angles}


def test_the_right_model_is_near_zero_and_the_wrong_one_is_told_from_it():
    test = held(6)
    right = judge(*flips(6, 0.3), test)
    wrong = judge(*flips(6, 0.5), test)
    low, high = right.overall.interval
    assert low < 0 < high
    assert wrong.overall.interval[0] > 0
    assert compare(right, wrong, test).interval[1] < 0
    assert right.variation < wrong.variation
    assert set(right.metrics()) == {
        *("mmd2", "mmd2_ci", "mmd2_sigma_1", "mmd2_sigma_1_ci"),
        *("mmd2_sigma_2", "mmd2_sigma_2_ci", "tvd"),
    }


def test_many_bits_are_judged_by_drawn_parities():
    test = held(30)
    right = judge(*flips(30, 0.3), test)
    wrong = judge(*flips(30, 0.45), test)
    assert right.variation is None
    assert abs(right.overall.value) < 1e-3
    assert wrong.overall.value > 10 * abs(right.overall.value)
    assert compare(right, wrong, test).interval[1] < 0
