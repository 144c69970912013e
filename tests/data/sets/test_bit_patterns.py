"""`ising16` and `stripes`: rows and exact distributions belong together."""

import numpy as np
import pytest

from qml.config.sections import DataSection
from qml.data.bits import exact_distribution, load_bits
from qml.data.sets import ising16, stripes
from qml.ports import Silence
from qml.results import mmd

SETS = {"ising16": ising16, "stripes": stripes}


@pytest.mark.parametrize("name", SETS)
def test_rows_follow_the_distribution(name, tmp_path):
    section = DataSection(entry=f"qml.data.sets.{name}:load")
    found = load_bits(section, root=tmp_path, environ={}, progress=Silence())
    exact = exact_distribution(found)
    assert exact.sum() == pytest.approx(1.0)
    seen = mmd.empirical(found.features.astype(np.int8))
    means = [mmd.walsh(p)[1 << np.arange(found.features.shape[1])] for p in (exact, seen)]
    assert np.allclose(*means, atol=4 / np.sqrt(len(found)))
    assert not seen[exact == 0].any()


def test_there_are_fourteen_bars_and_stripes():
    found = stripes.patterns().reshape(-1, 3, 3)
    assert len(found) == 14
    rows, columns = np.ptp(found, axis=2) == 0, np.ptp(found, axis=1) == 0
    assert (rows.all(axis=1) | columns.all(axis=1)).all()
    assert np.count_nonzero(stripes.distribution()) == 14


def test_the_torus_has_its_energies_and_one_spin_that_is_held():
    p = ising16.distribution()
    assert np.argmax(p) == 0
    assert not p[2**15 :].any()
    one_flip = p[1] / p[0]  # four of the 32 bonds turn
    assert one_flip == pytest.approx(np.exp(-8 / ising16.TEMPERATURE))


def test_columns_of_them_have_no_known_distribution(tmp_path):
    section = DataSection(entry="qml.data.sets.stripes:load", features=["x0", "x1"])
    found = load_bits(section, root=tmp_path, environ={}, progress=Silence())
    assert exact_distribution(found) is None
