"""The circuit is the one that qml.toml describes, and the data fits it."""

import data

ANGLES = 3  # Rz, Ry and Rz on every qubit in every layer


def test_the_number_of_weights(outcome, config):
    circuit = config.model.layers * config.model.qubits * ANGLES
    assert outcome.model.parameters == circuit + 3  # a scale, and a bias for each class


def test_one_qubit_for_each_feature(outcome):
    features, labels = data.load()
    assert features.shape == (data.ROWS, outcome.model.qubits)
    assert labels.mean() == 0.5
