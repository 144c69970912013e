import subprocess
import sys

import pytest

from qml.backends import plugin as plugin_module
from qml.backends import registry
from qml.backends.base import Capabilities
from qml.backends.plugin import Package, Plugin
from qml.backends.registry import capabilities_of, list_backends, open_backend
from qml.config.sections import BackendSection
from qml.config.sections.backend import NoiseSection
from qml.errors import MissingExtraError, PluginError

NAMES = ["aer", "default.qubit", "jax", "lightning", "qsim"]


def test_all_backends_are_listed_with_their_versions():
    rows = {row.name: row for row in list_backends()}
    assert set(NAMES) <= set(rows)
    assert all(rows[n].installed and rows[n].missing is None for n in NAMES)
    assert rows["qsim"].versions["qsimcirq"]
    assert rows["jax"].capabilities.gradients == {"backprop"}


def test_capabilities_depend_on_the_settings():
    noisy = NoiseSection(model="aria-1")
    assert capabilities_of(BackendSection(name="qsim")).exact
    assert not capabilities_of(BackendSection(name="qsim", noise=noisy)).exact
    assert capabilities_of(BackendSection(name="aer", noise=noisy)).exact
    assert capabilities_of(BackendSection(name="aer", noise=noisy)).qubits <= 12
    assert not capabilities_of(BackendSection(name="aer", noise=noisy, shots=100)).exact
    assert capabilities_of(BackendSection(name="aer", noise=noisy, shots=100)).qubits > 12
    assert not capabilities_of(BackendSection(name="lightning", shots=100)).gradients


def test_listing_imports_no_sdk():
    code = (
        "import sys; from qml.backends.registry import list_backends; assert list_backends();"
        "print({'pennylane', 'pennylane_lightning', 'qiskit', 'qiskit_aer', 'cirq', 'qsimcirq'}"
        " & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "set()"


def test_an_unknown_name_is_told():
    with pytest.raises(PluginError, match="unknown backend `jaxx`") as caught:
        open_backend(BackendSection(name="jaxx"))
    assert "jax" in caught.value.hint


def absent(extra):
    return Plugin(
        name="absent",
        packages=(Package(module="no_such_module", distribution="no-such", extra=extra),),
        capabilities=lambda _: Capabilities(qubits=1, exact=True, samples=True, noise=False),
        home="no_such_module:Backend",
    )


@pytest.mark.parametrize("extra, error", [("aer", MissingExtraError), (None, PluginError)])
def test_a_missing_package_is_told_before_anything_is_imported(extra, error, monkeypatch):
    monkeypatch.setattr(registry.plugins, "load", lambda *_: absent(extra))
    monkeypatch.setattr(registry.plugins, "names", lambda _: ["absent"])
    with pytest.raises(error, match="no_such_module") as caught:
        open_backend(BackendSection(name="absent"))
    assert "pip install" in caught.value.hint
    (row,) = list_backends()
    assert not row.installed
    assert row.missing == f"{caught.value.message}: {caught.value.hint}"


def test_a_broken_plug_in_is_a_row(monkeypatch):
    def broken(*_):
        raise PluginError("it does not load")

    monkeypatch.setattr(registry.plugins, "load", broken)
    monkeypatch.setattr(registry.plugins, "names", lambda _: ["broken"])
    (row,) = list_backends()
    assert (row.installed, row.missing) == (False, "it does not load")


def test_a_plain_function_is_an_entry_point_too(monkeypatch):
    real = plugin_module.Plugin.__call__
    from qml.backends.jax import plugin

    monkeypatch.setattr(registry.plugins, "load", lambda *_: lambda s: real(plugin, s))
    assert capabilities_of(BackendSection(name="jax")).exact
    assert open_backend(BackendSection(name="jax")).name == "jax"
    monkeypatch.setattr(registry.plugins, "names", lambda _: ["plain"])
    assert list_backends()[0].capabilities is None
