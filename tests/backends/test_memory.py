from qml.backends.memory import most_qubits


def test_a_density_matrix_has_half_the_qubits():
    state = most_qubits(bytes_each=8, copies=2)
    assert 20 <= state <= 50
    assert most_qubits(bytes_each=8, copies=2, density=True) == state // 2
    assert most_qubits(bytes_each=16, copies=2) == state - 1
