"""The model is the one that qml.toml describes."""

ANGLES = 3  # Rz, Ry and Rz on every qubit in every layer
CLASSES = 10


def test_the_number_of_parameters(outcome, config):
    qubits, features = config.model.qubits, config.data.features
    angles = 2 * qubits  # two for each qubit: dense_angle
    encoder = (features + 1) * angles
    circuit = config.model.layers * qubits * ANGLES
    decoder = (qubits + 1) * CLASSES
    assert outcome.model.parameters == encoder + circuit + decoder


def test_all_test_images_are_answered(outcome):
    assert outcome.metrics["test_rows"] == 10_000
