import subprocess
import sys
from pathlib import Path

import numpy as np
from sklearn import datasets

from qml.config.sections.data import DataSection
from qml.data.sets.digits import load_digits
from qml.ports import Silence


def test_equals_scikit_learns_own_loader():
    ours = load_digits(DataSection(name="digits"), root=Path(), environ={}, progress=Silence())
    features, labels = datasets.load_digits(return_X_y=True)
    np.testing.assert_array_equal(ours.features, features)
    np.testing.assert_array_equal(ours.labels, labels)
    assert ours.classes == tuple(str(digit) for digit in range(10))
    assert ours.digest == "49ba0bd7f323692f4fa9a411db575ee2e7b236fa2683a3623ce6a11e3f7545ed"


def test_nothing_heavy_is_imported():
    code = """
import sys
from pathlib import Path
from qml.config.sections.data import DataSection
from qml.data import load, prepare
from qml.ports import Silence
from qml.seeds import Seeds
section = DataSection(name="digits", features=8)
dataset = load(section, root=Path(), environ={}, progress=Silence())
prepare(dataset, section, seeds=Seeds(0), scale="angle")
print([name for name in ("jax", "pandas", "pyarrow", "scipy", "sklearn") if name in sys.modules])
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
