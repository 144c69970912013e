"""`qml sample ising`: run, recorded, repeated; on a machine bought once; bad input refused."""

import csv
import json
from decimal import Decimal

import numpy as np
import pytest

from qml.errors import BudgetError, ConfigError, DataError, InterruptedRunError, PlanError
from qml.records import RunFolder
from qml.tasks import sample
from qml.tasks.replay import replay
from qml.tasks.report import write_report
from qml.tasks.resume import resume

RING = {"h": [0.0] * 4, "J": [[i, (i + 1) % 4, -1.0] for i in range(4)]}
GLASS = {"h": [-0.5, 0.25, -0.75, 1.0], "J": [[0, 1, -1.0], [0, 2, 1.0], [1, 2, -0.5]]}
LOCAL = {"backend__name": "jax", "backend__shots": 0, "backend__options": ""}


@pytest.fixture
def problem(market):
    path = market.root / "ising.json"
    path.write_text(json.dumps(GLASS))
    return path


def loaded(market, problem, **values):
    facts = {
        "sample__kind": "ising",
        "sample__ising__file": f"'{problem}'",
        "sample__ising__temperature": 1.0,
        "sample__ising__count": 16,
        "sample__ising__chains": 4,
        "sample__ising__evaluations": 640,
        **LOCAL,
        **values,
    }
    return market.loaded(**facts)


def run(market, found, most=None):
    folder = sample.begin(found, name=None, world=market.world, most=most)
    return folder, sample.run(folder, found.config, market.root, market.world)


def test_a_run_is_recorded_and_repeated_to_the_last_bit(market, problem, check):
    found = loaded(market, problem, sample__ising__output="'out.npz'")
    folder, outcome = run(market, found)
    document = check(outcome.document())
    methods = [row["method"] for row in document["methods"]]
    assert methods == ["metropolis", "parallel_tempering", "quantum_inspired", "qemcmc"]
    assert "frustrated" in document["skipped"]["swendsen_wang"]
    assert document["problem"]["exact_energy"] == pytest.approx(-1.9, abs=0.5)
    assert all(row["samples"] == 16 for row in document["methods"])
    with (folder.path / document["samples"]).open() as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 64
    assert set(rows[0]) == {"method", "energy", "0", "1", "2", "3"}
    assert {row["0"] for row in rows} <= {"-1", "1"}
    stored = np.load(market.root / "out.npz", allow_pickle=False)
    assert stored["samples"].shape == (16, 4)
    chosen = [float(r["energy"]) for r in rows if r["method"] == document["chosen"]]
    assert stored["energies"].tolist() == chosen
    assert write_report(folder).exists()
    (market.root / "out.npz").unlink()
    assert replay(folder, market.root, market.world)["verdict"] == "identical"
    assert not (market.root / "out.npz").exists(), "a replay writes into its own folder only"


def test_a_run_limited_by_time_is_repeated_by_its_steps(market, problem):
    found = loaded(
        market, problem, sample__ising__evaluations="", sample__ising__seconds=0.05,
        sample__ising__methods='["metropolis", "quantum_inspired"]',
    )  # fmt: skip
    folder, outcome = run(market, found)
    assert replay(folder, market.root, market.world)["verdict"] == "identical"
    assert all(row["steps"] for row in outcome.methods)


def test_samples_of_bits_are_bits(market, check):
    path = market.root / "bits.coo"
    path.write_text("# vartype=BINARY\n0 0 -1.0\n0 1 2.0\n1 1 0.5\n")
    folder, outcome = run(market, loaded(market, path))
    check(outcome.document())
    with (folder.path / outcome.samples).open() as stream:
        assert {row["1"] for row in csv.DictReader(stream)} <= {"0", "1"}


def test_clusters_join_where_nothing_is_frustrated(market):
    path = market.root / "ring.json"
    path.write_text(json.dumps(RING))
    _, outcome = run(market, loaded(market, path))
    assert "swendsen_wang" in {row["method"] for row in outcome.methods}
    assert outcome.skipped == {}


def test_a_quantum_method_never_stands_alone(market, problem):
    found = loaded(market, problem, sample__ising__methods='["qemcmc"]')
    _, outcome = run(market, found)
    assert [row["method"] for row in outcome.methods] == ["qemcmc", "metropolis"]


MACHINE = {
    "backend__name": "fake.two",
    "backend__shots": "",
    "backend__options": '{account = "account.db"}',
    "sample__ising__circuits": 12,
    "sample__ising__methods": '["qemcmc", "metropolis"]',
}


def test_circuits_are_planned_bought_once_and_read_again(market, problem, check):
    offer = sample.offer(loaded(market, problem, **MACHINE), market.world)
    plan = check(offer.plan.document())
    assert (plan["steps"], plan["circuits"], plan["shots"]) == (3, 12, 12)
    assert plan["backends"][0]["jobs"] == 3, "a step waits for the one before"
    assert "sequential: 3 submissions" in " ".join(plan["warnings"])
    folder, outcome = run(market, offer.loaded)
    document = check(outcome.document())
    quantum = document["methods"][0]
    assert (document["backend"], quantum["steps"]) == ("fake.two", 3)
    assert Decimal(document["cost"]["billed"]) == offer.plan.purchase.expected > 0
    assert quantum["evaluations"] == 16
    assert (quantum["ess_per_dollar"] is None) == (quantum["ess"] is None)
    with market.account() as account:
        assert len(account.jobs) == 3
    assert replay(folder, market.root, market.world)["verdict"] == "identical"
    with market.account() as account:
        assert len(account.jobs) == 3, "a replay reads what was paid for"


def test_a_route_chooses_where_circuits_run(market, problem):
    routed = {**MACHINE, "backend__route": '["fake.two", "fake.one"]'}
    offer = sample.offer(loaded(market, problem, **routed), market.world)
    assert offer.routing.chosen == offer.loaded.config.backend.name
    assert offer.plan.purchase.shots == 12, "one shot is enough"
    assert len(offer.plan.purchases) == 2


def test_a_cap_stops_the_chain_and_the_state_is_kept(market, problem):
    offer = sample.offer(loaded(market, problem, **MACHINE), market.world)
    each = offer.plan.purchase.expected / 3
    with pytest.raises(BudgetError) as found:
        run(market, offer.loaded, most=each * Decimal("1.5"))
    assert "qml runs resume" in found.value.hint
    (folder,) = market.runs().glob("[0-9]*")
    with market.account() as account:
        bought = len(account.jobs)
    assert 0 < bought < 3
    stopped = RunFolder(folder)
    assert stopped.manifest()["status"] == "interrupted"
    document = resume(stopped, market.root, market.world, most=4 * each)
    assert document["methods"][0]["steps"] == 3
    with market.account() as account:
        assert len(account.jobs) == 3, "what was bought is not bought again"


def test_circuits_on_a_simulator_of_this_machine(market, problem, check):
    options = '{qemcmc = {evolution = "circuits", time = [0.8, 1.6]}}'
    found = loaded(
        market, problem, sample__ising__options=options, sample__ising__circuits=8,
        sample__ising__methods='["qemcmc"]',
    )  # fmt: skip
    folder, outcome = run(market, found)
    document = check(outcome.document())
    assert document["backend"] == "jax"
    assert document["methods"][0]["steps"] == 2
    assert folder.manifest()["usage"]["shots"] == 8
    assert document["cost"]["billed"] == "0.00"


def test_work_that_needs_no_circuits_is_planned_for_nothing(market, problem, check):
    machine = {**MACHINE, "sample__ising__methods": '["metropolis"]'}
    plan = check(sample.offer(loaded(market, problem, **machine), market.world).plan.document())
    assert (plan["circuits"], plan["cost"]["high"]) == (0, "0.00")


def test_a_stop_keeps_the_methods_that_were_drawn(market, problem, monkeypatch):
    from qml.tasks.sample.ising import drawing

    original = drawing.draw

    def stopping(kernel, **facts):
        looks = iter([False] * 5)
        facts["stop"] = lambda: next(looks, True)
        return original(kernel, **facts)

    monkeypatch.setattr(drawing, "draw", stopping)
    folder, outcome = run(market, loaded(market, problem))
    assert outcome.interrupted
    assert [(r["method"], r["steps"]) for r in outcome.methods] == [("metropolis", 5)]
    assert folder.manifest()["stop_reason"] == "interrupted"
    monkeypatch.setattr(drawing, "draw", original)
    assert replay(folder, market.root, market.world)["verdict"] == "identical"


def test_a_stop_before_the_first_draw_is_an_interruption(market, problem, monkeypatch):
    from qml.tasks.sample.ising import drawing

    original = drawing.draw
    monkeypatch.setattr(drawing, "draw", lambda k, **f: original(k, **{**f, "stop": lambda: True}))
    with pytest.raises(InterruptedRunError, match="before anything was drawn"):
        run(market, loaded(market, problem))


@pytest.mark.parametrize(
    "values, error, message",
    [
        ({"sample__ising__file": ""}, ConfigError, "no problem is named"),
        ({"sample__ising__temperature": ""}, ConfigError, "no temperature"),
        ({"sample__ising__file": "'away.json'"}, DataError, "no file"),
        ({"sample__ising__methods": '["swendsen_wang"]'}, PlanError, "frustrated"),
        ({"sample__ising__output": "'out.txt'"}, ConfigError, "cannot tell the format"),
        ({"sample__ising__output": "'away/out.csv'"}, ConfigError, "no folder"),
        ({"sample__ising__options": "{qemcmc = {step = 0}}"}, ConfigError, "option `step`"),
    ],
)
def test_bad_input_is_refused_before_a_folder_is_made(market, problem, values, error, message):
    found = loaded(market, problem, **values)
    with pytest.raises(error, match=message):
        sample.begin(found, name=None, world=market.world)
    assert not market.runs().exists()


def test_coefficients_that_are_no_numbers_are_refused(market, problem):
    problem.write_text('{"h": [NaN, 1.0], "J": []}')
    with pytest.raises(DataError):
        sample.begin(loaded(market, problem), name=None, world=market.world)


@pytest.mark.parametrize("temperature", [0, -1, "nan", "inf"])
def test_temperatures_are_positive_numbers(market, problem, temperature):
    with pytest.raises(ConfigError, match="temperature"):
        loaded(market, problem, sample__ising__temperature=temperature)
