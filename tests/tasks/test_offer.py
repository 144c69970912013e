"""Which backend a training is offered on, at what price, and what is said about it."""

from decimal import Decimal

import pytest

from qml.backends.remote import Machine
from qml.errors import PlanError, PluginError, ProviderError, TransientError
from qml.planning.routing import Refused
from qml.session import World
from qml.tasks.compare import SHOTS, candidate, compare, resolved
from qml.tasks.offer import offer, plan_on
from qml.testing.fake_vendor import FakeRemote

BOTH = '["fake.one", "fake.two"]'


def _routed(market, route=BOTH, **values):
    return market.loaded(backend__route=route, train__gradient="spsa", **values)


@pytest.fixture
def cheap_two(market):
    """A project where `fake.two` is half the price."""
    text = (market.root / "qml.toml").read_text()
    head, _, _ = text.partition("[pricing.fake.two]")
    (market.root / "qml.toml").write_text(
        f'{head}[pricing.fake.two]\nkind = "tasks"\ntask = "0.50"\nshot = "0.005"\n'
    )
    return market


def test_the_cheapest_of_a_route(cheap_two):
    found = offer(_routed(cheap_two), cheap_two.world)
    assert found.routing is not None
    assert found.routing.chosen == found.plan.backend == found.loaded.config.backend.name
    assert found.plan.backend == "fake.two"
    assert found.plan.chosen == found.routing.reason
    one, two = found.routing.candidates
    assert one.expected == 2 * two.expected
    assert found.loaded.config.backend.route == []


def test_the_soonest_of_a_route(cheap_two, monkeypatch):
    def machine(self):
        return Machine(available=True, queue=5.0 if self.device == "one" else 900.0)

    monkeypatch.setattr(FakeRemote, "machine", machine)
    found = offer(_routed(cheap_two, backend__prefer="soonest"), cheap_two.world)
    assert found.plan.backend == "fake.one"
    assert [c.queue for c in found.routing.candidates] == [5.0, 900.0]


def test_a_machine_that_takes_no_jobs_is_refused_with_the_reason(cheap_two, monkeypatch):
    monkeypatch.setattr(FakeRemote, "machine", lambda self: Machine(available=self.device == "one"))
    found = offer(_routed(cheap_two), cheap_two.world)
    assert found.plan.backend == "fake.one"
    assert found.routing.refused == (
        Refused(name="fake.two", reason="it takes no jobs at present"),
    )


@pytest.fixture
def nobody_works(monkeypatch):
    monkeypatch.setattr(FakeRemote, "machine", lambda self: Machine(available=False))


def test_no_machine_no_simulator_unless_it_was_said(market, nobody_works):
    with pytest.raises(PlanError, match="no backend of the route"):
        offer(_routed(market), market.world)


def test_the_fallback_is_loud(market, nobody_works, check):
    found = offer(_routed(market, backend__fallback="jax"), market.world)
    assert found.plan.backend == found.loaded.config.backend.name == "jax"
    assert found.plan.purchase.free
    assert found.plan.chosen.startswith("FALLBACK to `jax`")
    assert found.plan.warnings[0] == found.plan.chosen
    assert {r.name for r in found.routing.refused} == {"fake.one", "fake.two"}, "and why"
    assert found.routing.chosen == "jax"
    check(found.plan.document())


def test_prices_that_cannot_be_compared_are_no_reason_to_simulate(market):
    """The machines are there: a person has to choose."""
    text = (market.root / "qml.toml").read_text()
    (market.root / "qml.toml").write_text(f'{text}currency = "EUR"\n')
    with pytest.raises(PlanError, match="prices in EUR, USD cannot be compared"):
        offer(_routed(market, backend__fallback="jax"), market.world)


def test_a_machine_that_is_too_small_is_refused_and_the_other_taken(market):
    wanted = _routed(market, route='["fake.one", "jax"]', model__qubits=13)
    found, refused = compare(wanted, ["fake.one", "jax"], market.world, ask=False)
    assert [c.plan.backend for c in found] == ["jax"]
    assert refused[0].name == "fake.one"
    assert "13 qubits" in refused[0].reason
    assert offer(wanted, market.world).plan.backend == "jax"


def test_side_by_side_each_sentence_names_its_backend(cheap_two, check):
    wanted = cheap_two.loaded(train__gradient="parameter_shift", backend__shots="")
    plan = plan_on(wanted, ["fake.one", "fake.two"], cheap_two.world)
    document = check(plan.document())
    assert [row["name"] for row in document["backends"]] == ["fake.one", "fake.two"]
    assert [row["queue_seconds"] for row in document["backends"]] == [0.0, 0.0]
    assert all(row["price"]["vendor_estimate"] for row in document["backends"])
    assert document["cost"]["expected"] == document["backends"][0]["price"]["expected"]
    assert any(w.startswith("fake.one: ") for w in document["warnings"])
    assert any(tip.startswith("fake.two: ") for tip in document["advice"])


def test_side_by_side_with_one_that_cannot(market):
    plan = plan_on(market.loaded(model__qubits=13), ["jax", "fake.one"], market.world)
    assert [p.name for p in plan.purchases] == ["jax"]
    assert any(w.startswith("fake.one: ") and "13 qubits" in w for w in plan.warnings)
    with pytest.raises(PlanError, match="no backend can run it") as found:
        plan_on(market.loaded(model__qubits=13), ["fake.one"], market.world)
    assert "fake.one: " in found.value.details


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (TransientError("it does not answer"), "queue unknown: it does not answer"),
        (ProviderError("no such machine"), "queue unknown: no such machine"),
    ],
)
def test_a_vendor_that_does_not_answer_keeps_nobody_from_planning(market, monkeypatch, error, told):
    def machine(self):
        raise error

    from qml.execution.submission import reads

    monkeypatch.setattr(FakeRemote, "machine", machine)
    monkeypatch.setattr(reads, "ATTEMPTS", 1, raising=False)
    found = candidate(market.loaded(), "fake.two", market.world, ask=True)
    assert told in found.plan.warnings
    assert found.plan.purchase.queue is None
    assert found.plan.purchase.expected > 0


def test_without_credentials_nobody_is_asked(market):
    found = candidate(market.loaded(), "ionq.forte-1", market.world, ask=True)
    assert "queue unknown: no credentials to ask with" in found.plan.warnings
    assert found.plan.purchase.queue is None


@pytest.mark.parametrize(("bare", "machine"), [("fake", "fake.one"), ("ionq", "ionq.simulator")])
def test_a_bare_name_means_a_machine(market, bare, machine):
    found = offer(market.loaded(backend__name=bare), market.world)
    assert found.plan.backend == found.loaded.config.backend.name == machine


def test_nobody_has_that_name(market):
    with pytest.raises(PluginError, match="nobody"):
        offer(market.loaded(backend__name="nobody.one"), market.world)


@pytest.mark.parametrize(
    ("shots", "name", "after", "told"),
    [
        ("", "fake.two", SHOTS, True),
        (50, "fake.two", 50, False),
        ("", "jax", 0, False),
        ("", "auto", 0, False),
    ],
)
def test_shots_are_set_only_where_nobody_set_them(market, shots, name, after, told):
    wanted = market.loaded(backend__shots=shots, backend__name="jax")
    assert resolved(wanted.config, name).backend.shots == after
    if name != "auto":
        found = candidate(wanted, name, market.world, ask=False)
        assert any("can only sample" in w for w in found.plan.warnings) == told
        assert found.plan.shots == found.plan.circuits * after


def test_zero_shots_that_were_asked_for_are_refused_where_they_cannot_be(market):
    with pytest.raises(PlanError, match="exact expectations"):
        candidate(market.loaded(backend__shots=0), "fake.two", market.world, ask=False)


def test_an_old_tariff_is_warned_about(market, clock):
    clock.jump(400 * 86_400)
    world = World(environ=market.world.environ, progress=market.world.progress, clock=clock)
    found = candidate(market.loaded(), "ionq.forte-1", world, ask=False)
    assert any("days" in w for w in found.plan.warnings)
    assert found.plan.purchase.expected > Decimal(0)
