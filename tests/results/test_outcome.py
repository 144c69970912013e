import json

from qml.results.outcome import (
    BaselineOutcome,
    Comparison,
    Cost,
    ModelFacts,
    TrainOutcome,
)


def test_document_has_the_contracts_keys():
    outcome = TrainOutcome(
        run_id="r1",
        name=None,
        run_dir="runs/r1",
        backend="jax",
        model=ModelFacts(kind="variational", qubits=4, layers=2, parameters=24),
        metrics={"test_accuracy": 0.9, "test_accuracy_ci": [0.8, 0.95]},
        baselines=(
            BaselineOutcome(
                name="mlp",
                parameters=25,
                metrics={"test_accuracy": 0.91},
                comparison=Comparison(difference=-0.01, p_value=0.5, p_adjusted=1.0),
            ),
        ),
        verdict="No difference shown: ...",
        cost=Cost(),
    )
    document = json.loads(json.dumps(outcome.document()))
    assert document["schema"] == "qml.train/1"
    assert {"run_id", "run_dir", "backend", "model", "metrics", "baselines"} < set(document)
    assert document["model"] == {"kind": "variational", "qubits": 4, "layers": 2, "parameters": 24}
    assert document["baselines"][0]["comparison"]["p_adjusted"] == 1.0
    assert document["cost"] == {"estimated": "0.00", "billed": "0.00", "currency": "USD"}
