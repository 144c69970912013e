"""The circuit is the one that qml.toml describes."""

ANGLES = 3  # Rz, Ry and Rz on every qubit in every layer


def test_the_number_of_weights(outcome, config):
    circuit = config.model.layers * config.model.qubits * ANGLES
    classes = len(config.data.classes or range(10))
    assert outcome.model.parameters == circuit + 1 + classes  # one scale, one bias per class


def test_every_feature_has_its_angle(config):
    assert config.data.features <= 2 * config.model.qubits
