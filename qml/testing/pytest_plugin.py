"""The pytest plug-in: a suite's error rate, fixtures, a marker and a summary line.

It is loaded in every test session of an environment where this package is installed, so it imports
nothing that is large: NumPy and JAX come with the first assertion or fixture that is used.
"""

from typing import Any

import pytest

from qml.testing.suite.trial import ERROR_RATE

MARKER = (
    "quantum(shots=None, delta=None): shots of every statistical assertion of the test (computed "
    "where not given), and the probability that the test fails a right program (a claim on the "
    "suite's error rate)"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; each but the noise has a twin in the ini file."""
    group = parser.getgroup("qml", "programs that answer at random (qml)")
    group.addoption(
        "--qml-backend",
        metavar="NAMES",
        help="backends of the fixture `qml_backend`, parted by commas; the first one runs the"
        " circuits of assertions (default: jax)",
    )
    group.addoption(
        "--qml-noise",
        metavar="NAMES",
        help="noise models of the fixture `qml_noise`, parted by commas (default: aria-1)",
    )
    group.addoption(
        "--qml-seed",
        metavar="SEED",
        default="0",
        help="root of all seeds, or `random` to find flakes by repetition (default: 0, so that"
        " each test has the same shots in every run)",
    )
    group.addoption(
        "--qml-delta",
        metavar="RATE",
        help=f"error rate of the whole suite (default: {ERROR_RATE:g})",
    )
    parser.addini("qml_backend", "backends of the fixture `qml_backend`", default="jax")
    parser.addini("qml_delta", "error rate of the whole suite", default=f"{ERROR_RATE:g}")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and what keeps the suite's account."""
    from qml.testing.suite.session import Suite

    config.addinivalue_line("markers", MARKER)
    config.pluginmanager.register(Suite(config), "qml-suite")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test once for each backend or noise model where several are named."""
    from qml.testing.suite.session import names

    for fixture in ("qml_backend", "qml_noise"):
        named = names(metafunc.config, fixture)
        if fixture in metafunc.fixturenames and len(named) > 1:
            metafunc.parametrize(fixture, named, indirect=True)


@pytest.fixture
def qml_backend(request: pytest.FixtureRequest) -> Any:
    """An opened backend, e.g. `pytest --qml-backend qsim`; assertions of the test run on it."""
    from qml.testing.assertions.sources import resolve_backend
    from qml.testing.suite.session import chosen
    from qml.testing.suite.trial import current

    backend = resolve_backend(chosen(request, "qml_backend"))
    current().backend = backend
    return backend


@pytest.fixture
def qml_noise(request: pytest.FixtureRequest) -> Any:
    """A noise model with its noisy backend and tolerances, e.g. `pytest --qml-noise forte-1`."""
    from qml.testing.oracles.noise import Noise
    from qml.testing.suite.session import chosen

    return Noise.published(chosen(request, "qml_noise"))
