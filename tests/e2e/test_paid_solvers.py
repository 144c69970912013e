"""QAOA on a machine that bills, against the emulator: price, one job, a replay for nothing."""

import json
from decimal import Decimal

import dimod
import pytest

from qml.emulators.ionq import serve

OPTIONS = (
    *("--solver", "qaoa", "--solver", "local_search", "--backend", "ionq.forte-1"),
    *("--set", "backend.shots=100", "--set", "sample.qubo.options.qaoa.layers=1"),
    *("--set", "sample.qubo.evaluations=500"),
)


@pytest.fixture
def emulator():
    with serve(seed=1, noise="forte-1") as running:
        yield running


@pytest.fixture
def problem(project, emulator):
    project.environ |= {"IONQ_API_URL": emulator.url, "IONQ_API_KEY": "key"}
    model = dimod.BinaryQuadraticModel(
        {0: 1.0, 1: -1.0, 2: 0.5}, {(0, 1): 1.0, (1, 2): -1.5}, 0.0, dimod.BINARY
    )
    (project.root / "q.json").write_text(json.dumps(model.to_serializable()))
    return project


@pytest.mark.long
def test_shots_are_bought_once(problem, emulator):
    plan = problem.qml("sample", "qubo", "q.json", *OPTIONS, "--dry-run", "--json").document
    (row,) = plan["backends"]
    assert (row["circuits"], row["shots"], row["gates"]["2q"]) == (1, 100, 2)
    assert Decimal(row["price"]["expected"]) == Decimal("25.79")
    refused = problem.qml("sample", "qubo", "q.json", *OPTIONS, code=2)
    assert "--max-cost" in refused.err
    assert emulator.summary()["posts"] == 0

    run = ("sample", "qubo", "q.json", *OPTIONS, "--max-cost", "26", "--json")
    document = problem.qml(*run).document
    assert document["cost"] == {"estimated": "25.79", "billed": "25.79", "currency": "USD"}
    quantum, classical = document["solvers"]
    assert (quantum["proposals"], quantum["price"], classical["price"]) == (100, "25.79", "0.00")

    replayed = problem.qml("replay", document["run_id"], "--json").document
    assert replayed["verdict"] == "identical"
    assert emulator.summary()["jobs"] == 1


def test_a_budget_below_one_circuit_is_refused_before_anything_is_sent(problem, emulator):
    few = ("--set", "sample.qubo.evaluations=99")
    stopped = problem.qml("sample", "qubo", "q.json", *OPTIONS, *few, "--yes", code=2)
    assert "a shot is an evaluation" in stopped.err
    assert emulator.summary()["posts"] == 0
