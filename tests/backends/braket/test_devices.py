import os

import pytest

from qml.backends.braket.devices import DEVICES
from qml.backends.registry import capabilities_of, open_backend
from qml.config.sections import BackendSection
from qml.errors import PlanError, UsageError
from qml.pricing import Tariffs


def test_every_gate_based_device_of_the_sdk_is_listed():
    from braket.devices import Devices

    families = [Devices.Amazon, Devices.AQT, Devices.IonQ, Devices.IQM, Devices.Rigetti]
    current = {d.value for f in families for d in f if not d.name.startswith("_")}
    assert {d.arn for d in DEVICES.values()} == current


def test_a_device_has_the_region_of_its_arn():
    assert DEVICES["garnet"].region == "eu-north-1"
    assert DEVICES["sv1"].region is None
    assert [n for n, d in DEVICES.items() if d.simulator] == ["sv1", "dm1"]


@pytest.mark.parametrize("name", DEVICES)
def test_every_device_has_a_tariff(name):
    able = capabilities_of(BackendSection(name=f"braket.{name}"))
    assert able.remote
    assert able.paid
    assert Tariffs.load().find(*able.billing).currency == "USD"


def test_the_bare_name_is_free_and_local():
    able = capabilities_of(BackendSection(name="braket"))
    assert not able.remote
    assert not able.paid
    assert able.billing is None


def test_an_unknown_device_is_named_with_the_known_ones():
    with pytest.raises(PlanError, match="harmony") as caught:
        open_backend(BackendSection(name="braket.harmony"))
    assert "braket.forte-1" in caught.value.hint


def test_opening_and_planning_need_no_credentials(monkeypatch):
    for name in [n for n in os.environ if n.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    backend = open_backend(BackendSection(name="braket.forte-1"))
    with pytest.raises(UsageError, match="no AWS credentials") as caught:
        backend.ready()
    assert "AWS_ACCESS_KEY_ID" in caught.value.hint
    backend.close()


def test_fidelity_is_the_median_of_each_pairs_best_gate():
    from qml.backends.braket.machine import two_qubit_fidelity

    pairs = {
        f"0-{i}": {"twoQubitGateFidelity": [{"fidelity": f}, {"fidelity": f - 0.1}]}
        for i, f in enumerate([0.99, 0.95, 0.97])
    }
    assert two_qubit_fidelity({"standardized": {"twoQubitProperties": pairs}}) == 0.97
    assert two_qubit_fidelity({"provider": {"fidelity": {"2Q": {"mean": 0.9952}}}}) == 0.9952
    assert two_qubit_fidelity({"paradigm": {}}) is None
