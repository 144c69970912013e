"""The feature map has one qubit for each feature."""

import data


def test_one_qubit_for_each_feature(outcome):
    assert outcome.model.qubits == data.FEATURES
