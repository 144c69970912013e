"""Every outcome shows itself in a notebook, and its page says only what can be done with it."""

import pytest

from qml.report.html import outcome_html
from qml.report.html.kinds import HOMES
from qml.report.html.record import reproduce
from tests.report.markup_checks import read, text_of

RUN = "20261121-100312-a1b2c3"
COMMON = {
    "run_id": RUN,
    "name": None,
    "run_dir": f"runs/{RUN}",
    "backend": "local",
    "verdict": "annealing <ties> with greedy.",
    "cost": {"estimated": "0.00", "billed": "0.00", "currency": "USD"},
}
QUBO = {"variables": 8, "couplings": 12, "groups": 1, "limits": 0}
ISING = {"spins": 8, "couplings": 28, "temperature": 1.0}
IQP = {"kind": "iqp", "qubits": 16}
CUT = {"model": {"kind": "hybrid", "qubits": 4}, "target": "30%"}
SMOL = {"source": "gguf:smollm2", "parameters": 134_515_008}
SCREENED = {"source": "digits", "rows": 300, "of": 1_797, "features": 8, "classes": 10}
DOCUMENTS = {
    "qml.bench/1": (
        {"suite": {"name": "kernels"}, "metrics": {"cells": 12}},
        "suite kernels, 12 cells",
    ),
    "qml.rival/1": ({"rival": "rbf_svc"}, "rbf_svc, a classical model"),
    "qml.measure/1": ({"kind": "step"}, "measurement step"),
    "qml.compress/1": (
        {"model": SMOL, "target": "4bpw"},
        "gguf:smollm2 (134.5 million parameters) to 4bpw, on this machine",
    ),
    "qml.compress-circuit/1": (CUT, "Hybrid, 4 qubits, 30% of each kind gone"),
    "qml.sample-qubo/1": (
        {"problem": QUBO},
        "Optimisation, 8 variables, 12 couplings, 1 group, on this machine",
    ),
    "qml.sample-ising/1": ({"problem": ISING}, "Boltzmann samples, 8 spins, 28 couplings, T = 1"),
    "qml.sample-llm/1": (
        {"metrics": {"answers": 8, "prompts": 1}, "model": {}},
        "8 answers to 1 prompt, given answers",
    ),
    "qml.sample-model/1": ({"model": IQP, "model_run": "first"}, "of run first on local"),
    "qml.screen/1": (
        {"data": SCREENED, "maps": []},
        "Screen of digits: 300 of 1,797 rows, 8 features, 10 classes",
    ),
    "qml.test/1": ({"checks": [1, 2], "backend": "jax"}, "2 checks, backend jax"),
    "qml.train-generative/1": ({"model": IQP}, "IQP, 16 qubits, trained on this machine"),
    "qml.trial/1": ({"words": ["python", "a b.py"]}, "python 'a b.py'"),
    "qml.tune/1": (
        {
            "study": {"task": "train", "metric": "accuracy", "sampler": "tpe"},
            "metrics": {"trials": 3},
        },
        "3 trials of train for accuracy, tpe",
    ),
}


def test_every_schema_is_here():
    assert {"qml.train/1", *DOCUMENTS} == set(HOMES)


@pytest.mark.parametrize("schema", DOCUMENTS)
def test_an_outcome_shows_name_what_and_verdict(schema):
    more, what = DOCUMENTS[schema]
    page = outcome_html({"schema": schema, **COMMON, **more})
    read(page)
    text = text_of(page)
    assert f"run {RUN} what" in text
    assert what in text
    assert "verdict annealing <ties> with greedy." in text
    assert "nothing (0.00 USD)" in text


@pytest.mark.parametrize("schema", HOMES)
def test_only_a_trained_classifier_predicts(report_document, schema):
    text = text_of(reproduce(report_document | {"outcome": {"schema": schema}}))
    assert f"qml replay {RUN}" in text
    assert (f"qml predict {RUN} FILE" in text) == (
        schema in {"qml.train/1", "qml.compress-circuit/1"}
    )
    assert (f"qml sample model {RUN}" in text) == (schema == "qml.train-generative/1")
