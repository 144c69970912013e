"""`qml sample qubo`: run, recorded, repeated; stopped on request; bad input refused."""

import json
import os
import signal
from decimal import Decimal

import pytest

from qml.backends.remote import Machine
from qml.errors import ConfigError, DataError, PlanError, PluginError
from qml.ports import Silence
from qml.records import RunFolder
from qml.session import World
from qml.tasks import sample
from qml.tasks.replay import replay
from qml.tasks.report import write_report
from qml.tasks.sample.qubo import assignment
from qml.testing.fake_vendor import FakeRemote

LP = """Maximize
 obj: 2 a + 3 b + c + d + [ 4 a * b - 6 b * c + 2 c * d ] / 2
Subject To
 k: a + b + c + d <= 2
 w: 2 a - b + c >= -1
Binary
 a b c d
End
"""
ISING = {"h": [0.5, -0.25, 0.75], "J": [[0, 1, 1.0], [1, 2, -0.5]]}
LOCAL = {"backend__name": "jax", "backend__shots": 0, "backend__options": ""}


@pytest.fixture
def problem(market):
    path = market.root / "problem.lp"
    path.write_text(LP)
    return path


def loaded(market, file, **values):
    facts = {
        "sample__kind": "qubo",
        "sample__qubo__file": f"'{file}'",
        "sample__qubo__evaluations": 500,
        **LOCAL,
        **values,
    }
    return market.loaded(**facts)


def run(market, found, world=None):
    folder = sample.begin(found, name=None, world=market.world)
    return folder, sample.run(folder, found.config, market.root, world or market.world)


def test_a_run_is_recorded_and_repeated_to_the_last_bit(market, problem, check):
    found = loaded(market, problem, sample__qubo__output="'out.json'")
    folder, outcome = run(market, found)
    document = check(outcome.document())
    names = [row["solver"] for row in document["solvers"]]
    assert names == ["exact", "greedy", "local_search", "tabu", "parallel_tempering", "annealing"]
    assert document["problem"]["optimum"] == pytest.approx(-7.0)
    assert (document["problem"]["groups"], document["problem"]["limits"]) == (1, 1)
    assert document["verdict"].startswith("The optimum is -7, proven; found by exact, greedy")
    kept = json.loads((folder.path / document["assignments"]).read_text())
    assert kept["best"]["assignment"] == {"a": 1, "b": 1, "c": 0, "d": 0}
    assert kept == json.loads((market.root / "out.json").read_text())
    manifest = folder.manifest()
    assert manifest["data"]["digests"]["problem"].startswith("sha256:") or manifest["data"]
    assert manifest["metrics"]["exact_best"] == pytest.approx(-7.0)
    assert write_report(folder).exists()
    (market.root / "out.json").unlink()
    assert replay(folder, market.root, market.world)["verdict"] == "identical"
    assert not (market.root / "out.json").exists()


def test_a_run_limited_by_time_is_repeated_by_its_evaluations(market, problem):
    found = loaded(
        market,
        problem,
        sample__qubo__evaluations="",
        sample__qubo__seconds=0.1,
        sample__qubo__solvers='["annealing", "tabu", "parallel_tempering"]',
    )
    folder, outcome = run(market, found)
    assert all(row["seconds"] < 3 for row in outcome.solvers)
    assert replay(folder, market.root, market.world)["verdict"] == "identical"


def test_spins_are_told_as_spins(market, check):
    path = market.root / "ising.json"
    path.write_text(json.dumps(ISING))
    folder, outcome = run(market, loaded(market, path, sample__qubo__solvers='["exact"]'))
    kept = json.loads((folder.path / check(outcome.document())["assignments"]).read_text())
    assert kept["vartype"] == "SPIN"
    s = kept["best"]["assignment"]
    energy = sum(h * s[str(i)] for i, h in enumerate(ISING["h"]))
    energy += sum(v * s[str(i)] * s[str(j)] for i, j, v in ISING["J"])
    assert energy == pytest.approx(kept["best"]["objective"])


def test_a_quantum_solver_never_stands_alone(market, problem, check):
    found = loaded(market, problem, sample__qubo__solvers='["qaoa"]')
    _, outcome = run(market, found)
    document = check(outcome.document())
    assert [(r["solver"], r["quantum"]) for r in document["solvers"]] == [
        ("qaoa", True),
        ("annealing", False),
    ]
    assert "At equal budget (500 evaluations)" in document["verdict"]
    assert document["backend"] == "jax"


class Pressing(Silence):
    """Somebody who presses Ctrl-C as soon as a solver has begun."""

    def __init__(self, solver):
        self.solver = solver

    def bar(self, title, total):
        if title.split(",")[0] == self.solver:
            os.kill(os.getpid(), signal.SIGINT)
        return super().bar(title, total)


def interrupted(market, problem, solver):
    found = loaded(
        market,
        problem,
        sample__qubo__evaluations="",
        sample__qubo__seconds=60,
        sample__qubo__solvers='["greedy", "tabu", "annealing"]',
    )
    world = World(environ=market.world.environ, clock=market.world.clock, progress=Pressing(solver))
    return run(market, found, world)


def test_ctrl_c_keeps_what_all_solvers_found(market, problem, check):
    folder, outcome = interrupted(market, problem, "tabu")
    document = check(outcome.document())
    assert document["interrupted"]
    assert [row["solver"] for row in document["solvers"]] == ["greedy", "tabu"]
    assert document["solvers"][1]["best"] is not None
    manifest = folder.manifest()
    assert (manifest["status"], manifest["stop_reason"]) == ("finished", "interrupted")
    assert (folder.path / document["assignments"]).exists()
    assert replay(folder, market.root, market.world)["verdict"] == "identical"


@pytest.mark.parametrize(
    ("values", "error", "said"),
    [
        ({"file": "''"}, DataError, "no file"),
        ({"solvers": '["anneling"]'}, PluginError, "unknown solver `anneling`"),
        (
            {"options": "{annealing = {sweeps = 0}}", "solvers": '["annealing"]'},
            ConfigError,
            "sweeps",
        ),
        ({"options": "{anneling = {sweeps = 1}}"}, PluginError, "unknown solver `anneling`"),
        ({"output": "'best.txt'"}, ConfigError, "cannot tell the format of best.txt"),
        ({"output": "'away/best.json'"}, ConfigError, "no folder"),
    ],
)
def test_bad_input_is_refused_before_a_run_is_made(market, problem, values, error, said):
    values = {f"sample__qubo__{key}": value for key, value in values.items()}
    with pytest.raises(error, match=said):
        sample.begin(loaded(market, problem, **values), name=None, world=market.world)
    assert not list((market.root / "runs").glob("2*"))


def test_constraints_that_cannot_hold_are_found_before_anything_runs(market):
    path = market.root / "bad.lp"
    path.write_text(LP.replace("w: 2 a - b + c >= -1", "w: a + b >= 2\n v: b + c + d >= 2"))
    with pytest.raises(DataError, match="cannot hold together: `k`, `w`, `v`"):
        sample.begin(loaded(market, path), name=None, world=market.world)


def test_exact_says_at_once_that_it_is_out_of_reach(market):
    path = market.root / "large.json"
    rows = [[1.0 if i <= j else 0.0 for j in range(60)] for i in range(60)]
    path.write_text(json.dumps(rows))
    with pytest.raises(PlanError, match="cannot prove an optimum of 60 variables"):
        sample.begin(
            loaded(market, path, sample__qubo__solvers='["exact"]'), name=None, world=market.world
        )
    folder = sample.begin(loaded(market, path), name=None, world=market.world)
    assert isinstance(folder, RunFolder)  # among the usual ones it is left out


def test_on_a_machine_a_quantum_solver_is_bought_once_and_priced(market, check):
    problem = market.root / "ising.json"
    problem.write_text(json.dumps(ISING))
    found = market.loaded(
        sample__kind="qubo",
        sample__qubo__file=f"'{problem}'",
        sample__qubo__solvers='["qaoa", "tabu"]',
        sample__qubo__evaluations=2000,
    )
    offer = sample.offer(found, market.world)
    assert offer.plan.purchase.jobs >= 1
    assert not list((market.root / "runs").glob("2*"))
    most = Decimal(500)
    folder = sample.begin(offer.loaded, name=None, world=market.world, most=most)
    document = check(sample.run(folder, offer.loaded.config, market.root, market.world).document())
    billed = Decimal(document["cost"]["billed"])
    assert billed > 0
    assert [Decimal(row["price"]) for row in document["solvers"]] == [billed, Decimal(0)]
    again = replay(folder, market.root, market.world)
    assert again["verdict"] == "identical"


def bought(market, **values):
    problem = market.root / "ising.json"
    problem.write_text(json.dumps(ISING))
    return market.loaded(
        sample__kind="qubo",
        sample__qubo__file=f"'{problem}'",
        sample__qubo__solvers='["qaoa", "tabu"]',
        sample__qubo__evaluations=2000,
        **values,
    )


def test_no_machine_of_a_route_works_and_the_fallback_is_loud(market, monkeypatch):
    monkeypatch.setattr(FakeRemote, "machine", lambda self: Machine(available=False))
    route = {"backend__name": "", "backend__route": '["fake.one", "fake.two"]'}
    with pytest.raises(PlanError, match="no backend of the route"):
        sample.offer(bought(market, **route), market.world)
    found = sample.offer(bought(market, **route, backend__fallback="jax"), market.world)
    assert found.plan.chosen.startswith("FALLBACK to `jax`")
    assert {r.name for r in found.routing.refused} == {"fake.one", "fake.two"}


def test_angles_found_on_a_simulator_are_told_in_the_outcome(market):
    options = "{qaoa = {angles = 'optimise', search = 'engine', iterations = 2}}"
    found = bought(market, sample__qubo__options=options)
    offer = sample.offer(found, market.world)
    most = Decimal(500)
    folder = sample.begin(offer.loaded, name=None, world=market.world, most=most)
    outcome = sample.run(folder, offer.loaded.config, market.root, market.world)
    assert "A simulator computed every objective before the first shot" in outcome.verdict
    assert "; qaoa used 20" in outcome.verdict


def test_the_mock_of_dwave_is_no_quantum_machine(market, check):
    problem = market.root / "ising.json"
    problem.write_text(json.dumps(ISING))
    found = loaded(
        market,
        problem,
        sample__qubo__solvers='["dwave"]',
        backend__name="dwave.mock",
        backend__shots=20,
    )
    document = check(run(market, found)[1].document())
    assert [(r["kind"], r["quantum"]) for r in document["solvers"]] == [
        ("mock", False),
        ("classical", False),
    ]
    assert "dwave (mock) is D-Wave's mock, which anneals nothing" in document["verdict"]
    assert "At equal budget" not in document["verdict"]


def test_a_problem_is_read_and_tried_once_for_each_content(market, problem, monkeypatch):
    seen = []
    real = assignment.check_feasible
    monkeypatch.setattr(assignment, "check_feasible", lambda p: (seen.append(p), real(p)))
    found = loaded(market, problem, sample__qubo__solvers='["greedy"]')
    sample.offer(found, market.world)
    run(market, found)
    assert len(seen) == 1
    problem.write_text(LP.replace("3 b", "5 b"))
    _, outcome = run(market, found)
    assert len(seen) == 2
    assert outcome.solvers[0]["best"] == pytest.approx(-9.0)
