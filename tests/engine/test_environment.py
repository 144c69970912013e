"""What is set once per process, each in a fresh interpreter."""

import subprocess
import sys

import pytest

from qml.engine import setup
from qml.errors import UsageError


def _python(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_package_alone_imports_no_jax():
    assert _python("import sys, qml.engine; print('jax' in sys.modules)") == "False"


def test_float64_threads_and_cache(tmp_path):
    code = f"""
from pathlib import Path
import qml.engine
qml.engine.setup(threads=1, precision="float64", cache_dir=Path({str(tmp_path)!r}) / "cache")
import os, jax
from qml.circuits import Circuit, Gate, z
from qml.engine import expectation_values
print(os.environ["NPROC"], jax.config.jax_enable_x64)
gates = [Gate("ry", (i,), (0.3,)) for i in range(4)]
gates += [Gate("cnot", (0, 1)), Gate("rx", (1,), (0.2,))]
expectation_values([Circuit.of(4, gates)], (z(1),), precision="float64")
print(any((Path({str(tmp_path)!r}) / "cache").iterdir()))
"""
    assert _python(code).split() == ["1", "True", "True"]


def test_threads_after_jax_has_started():
    import jax

    jax.devices()
    with pytest.raises(UsageError, match="before JAX runs anything"):
        setup(threads=3)


def test_threads_must_be_positive():
    with pytest.raises(UsageError, match="at least 1"):
        setup(threads=0)
