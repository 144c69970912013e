import numpy as np

from qml.backends.sampling import draw


def test_wire_0_comes_first():
    assert draw(np.array([0, 1.0, 0, 0]), 5, [1]).tally == {"01": 5}


def test_rounding_errors_are_mended():
    assert draw(np.array([0.5 - 1e-7, 0.5 + 3e-7], dtype=np.float32), 100, [1]).shots == 100
