import json

import pytest

from qml.backends.braket.results import read_results
from qml.backends.braket.translate import program, verbatim
from qml.circuits import Circuit, Gate
from qml.errors import ProviderError
from qml.testing.circuits import bell

SOURCE = program(Circuit(2, (Gate("x", (0,)),)))


def outcome(**facts):
    return {"measurements": [[1, 0]] * 3, "measuredQubits": [0, 1], **facts}


def single(**facts):
    action = {"source": facts.pop("source", SOURCE)}
    return {
        **outcome(**facts),
        "taskMetadata": {"shots": 3},
        "additionalMetadata": {"action": action, "simulatorMetadata": {"executionDuration": 1500}},
    }


def read(document, files=None):
    return read_results(
        json.dumps(document).encode(), lambda path: json.dumps(files[path]).encode()
    )


def test_columns_are_named_by_their_qubits():
    turned = single(measurements=[[0, 1]] * 3, measuredQubits=[1, 0])
    for document in (single(), turned):
        (counts,) = read(document).counts
        assert counts.tally == {"10": 3}


def test_wires_are_read_from_the_qubits_that_the_program_measures():
    source = verbatim(Circuit(2, ()), (1, 0))
    (counts,) = read(single(source=source)).counts
    assert counts.tally == {"01": 3}


def test_frequencies_are_counts_again():
    frequencies = {"00": 1 / 3, "11": 2 / 3}
    (counts,) = read(single(measurements=None, measurementProbabilities=frequencies)).counts
    assert counts.tally == {"00": 1, "11": 2}


def test_rounding_loses_no_shot():
    frequencies = {"00": 0.3333, "01": 0.3333, "11": 0.3333}
    (counts,) = read(single(measurements=None, measurementProbabilities=frequencies)).counts
    assert counts.shots == 3


def test_a_simulator_says_how_long_it_took():
    assert read(single()).usage.seconds == 1.5


def test_a_program_set_may_lie_in_files():
    files = {
        "programs/0/results.json": {
            "source": "programs/0/program.json",
            "executableResults": ["programs/0/executables/0.json"],
            "additionalMetadata": {},
        },
        "programs/0/program.json": {"source": program(bell())},
        "programs/0/executables/0.json": outcome(),
        "metadata.json": {"requestedShots": 6, "programMetadata": [{"executables": [{}]}] * 2},
    }
    inline = {**files["programs/0/results.json"], "executableResults": [outcome()]}
    document = {
        "programResults": ["programs/0/results.json", {**inline, "source": {"source": SOURCE}}],
        "taskMetadata": "metadata.json",
        "s3Location": ["mine", "tasks/1"],
    }
    results = read(document, files)
    assert [c.tally for c in results.counts] == [{"10": 3}] * 2
    assert (results.usage.circuits, results.usage.shots) == (2, 6)


def test_a_circuit_that_failed_is_told():
    failure = {"failureMetadata": {"failureReason": "too deep", "retryable": False}}
    document = {
        "programResults": [{"source": {"source": SOURCE}, "executableResults": [failure]}],
        "taskMetadata": {"requestedShots": 3, "programMetadata": [{"executables": [{}]}]},
    }
    with pytest.raises(ProviderError, match="too deep"):
        read(document)


@pytest.mark.parametrize(
    "document",
    [{}, [], single(measuredQubits=[0]), single(measurements=None), single(source="OPENQASM 3.0;")],
)
def test_what_is_not_understood_is_an_error(document):
    with pytest.raises(ProviderError):
        read(document)
