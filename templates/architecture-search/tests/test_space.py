"""The space holds one switch for each layer, and circuits without entanglement as well."""

from qml.config.tuned import parameters


def test_one_switch_for_each_layer(config):
    found = {parameter.key: parameter for parameter in parameters(config)}
    assert found["model.active"].count == config.model.layers


def test_a_circuit_without_entanglement_takes_part(config):
    found = {parameter.key: parameter for parameter in parameters(config)}
    assert "separable" in found["model.ansatz"].values


def test_trials_are_not_judged_on_the_test_rows(config):
    assert not (config.tune.metric or "").startswith("test_")
