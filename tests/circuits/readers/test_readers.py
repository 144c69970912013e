import subprocess
import sys

import pytest

from qml.circuits.readers import read
from qml.errors import CircuitError
from qml.testing.circuits import model


def test_a_model_passes_through():
    given = model()
    assert read(given, features=2) is given


def test_a_model_for_other_data_is_refused():
    with pytest.raises(CircuitError, match="takes 2 inputs, the data has 5"):
        read(model(), features=5)


def test_anything_else_is_refused():
    with pytest.raises(CircuitError, match="`str` is not a circuit"):
        read("circuit", features=2)


def test_no_sdk_is_imported_for_a_model():
    code = (
        "import sys; from qml.circuits.readers import read; from qml.testing.circuits import model;"
        "read(model(), features=2);"
        "assert not {'pennylane', 'qiskit', 'cirq'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
