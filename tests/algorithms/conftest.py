"""A small trained world on the engine."""

from uuid import UUID

import pytest

from qml.backends.registry import open_backend
from qml.config.sections import BackendSection
from qml.execution.direct import DirectRunner
from qml.execution.evaluator import BackendEvaluator
from qml.execution.meter import UsageMeter


@pytest.fixture
def evaluator_of():
    def make(name: str = "jax", shots: int = 0, precision: str = "float32") -> BackendEvaluator:
        section = BackendSection(name=name, shots=shots, precision=precision)
        backend = open_backend(section)
        runner = DirectRunner(backend, run=UUID(int=1), meter=UsageMeter())
        return BackendEvaluator(backend, runner, shots=shots, seed=1)

    return make
