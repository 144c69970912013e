"""The circuit has one qubit for each bit of a row."""


def test_one_qubit_for_each_bit(outcome):
    assert outcome.model.kind == "iqp"
    assert outcome.model.qubits == 16
