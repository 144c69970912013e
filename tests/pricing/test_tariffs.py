"""Finding tariffs, and the user's own."""

from datetime import date
from decimal import Decimal

import pytest

from qml.config import validate
from qml.errors import PlanError
from qml.pricing import JobSize, Tariffs


def own(tables: dict) -> Tariffs:
    return Tariffs.load(validate({"pricing": tables}).pricing)


def test_every_shipped_row_is_complete_and_found(shipped):
    for row in shipped.rows:
        devices = row["device"] if isinstance(row["device"], list) else [row["device"]]
        for pattern in devices:
            device = pattern.replace("?", "2").replace("*", "x")
            tariff = shipped.find(row["provider"], device, plan=row.get("plan"))
            assert (tariff.name, tariff.plan) == (
                f"{row['provider']}.{device}",
                row.get("plan", ""),
            )
            assert tariff.source
            assert tariff.date is not None or row["kind"] == "free"


def test_amounts_are_written_exactly(shipped):
    assert not [row for row in shipped.rows if any(isinstance(v, float) for v in row.values())]


def test_nothing_is_from_the_future(shipped):
    assert all(row.get("date", date(2026, 1, 1)) <= date(2026, 11, 21) for row in shipped.rows)


def test_an_unknown_device_names_the_known_and_how_to_add_it(shipped):
    with pytest.raises(PlanError) as caught:
        shipped.find("ionq", "harmony")
    error = caught.value
    assert error.message == "no price is known of `ionq.harmony`"
    assert error.details == "known: ionq.simulator, ionq.forte-1, ionq.forte-enterprise-1"
    assert error.hint is not None
    assert "[pricing.ionq.harmony] with kind = gates | tasks | seconds" in error.hint


def test_an_unknown_provider_lists_all(shipped):
    with pytest.raises(PlanError) as caught:
        shipped.find("acme", "toaster")
    assert "braket.aquila" in str(caught.value.details)


def test_an_unknown_plan_lists_the_plans(shipped):
    with pytest.raises(PlanError, match="on the plan `gold`") as caught:
        shipped.find("ibm", "ibm_fez", plan="gold")
    assert "ibm.* (flex)" in str(caught.value.details)


def test_keys_of_ones_own_replace_the_shipped():
    tariffs = own({"ionq": {"forte-1": {"two_qubit": "0.0009", "date": "2026-11-01"}}})
    tariff = tariffs.find("ionq", "forte-1")
    assert (tariff.one_qubit, tariff.two_qubit) == (Decimal("0.000164"), Decimal("0.0009"))
    assert tariff.date == date(2026, 11, 1)
    assert tariff.source == "qml.toml over: rate card in a public log of 2026, secondary"
    assert tariffs.find("ionq", "forte-enterprise-1").two_qubit == Decimal("0.001121")


def test_a_pattern_is_overridden_under_its_own_name(job):
    """One price for all machines; free rows that stand before it stay free."""
    yearly = {"rate": "1", "per": "1"}
    tariffs = own({"ibm": {"*": yearly, "ibm_boston": {"rate": "3", "per": "1"}}})
    size = job(1, seconds=Decimal(2))
    prices = [
        tariffs.find("ibm", name).quote(size).high for name in ("ibm_fez", "ibm_boston", "fake_fez")
    ]
    assert prices == [2, 6, 0]


def test_a_price_of_ones_own_grows_old_like_any_other():
    dated = {"one_qubit": "0.1", "date": "2026-08-01"}
    tariffs = own({"ionq": {"forte-1": dated}, "warn_after": 30})
    tariff = tariffs.find("ionq", "forte-1")
    assert tariffs.stale(tariff, date(2026, 8, 20)) is None
    assert "31 days old" in str(tariffs.stale(tariff, date(2026, 9, 1)))


def test_without_a_date_the_shipped_date_stays():
    tariff = own({"azure": {"forte-1": {"minimum": "20"}}}).find("azure", "forte-1")
    assert tariff.date == date(2026, 4, 15)


def test_a_device_of_ones_own(job):
    rates = {"kind": "tasks", "task": "1.5", "shot": "0.01", "currency": "CHF"}
    tariff = own({"acme": {"toaster": rates}}).find("acme", "toaster")
    quote = tariff.quote(job(1, shots=50))
    assert (quote.high, quote.currency, tariff.source) == (2, "CHF", "qml.toml")
    assert tariff.stale(date(2099, 1, 1)) is None


def test_a_contract_that_bills_otherwise_replaces_the_row(job):
    """IonQ's newer contracts bill compute seconds."""
    rates = {"kind": "seconds", "rate": "2", "per": "1", "source": "our contract"}
    tariff = own({"ionq": {"forte-1": rates}}).find("ionq", "forte-1")
    assert tariff.quote(job(1, seconds=Decimal(3))).high == 6
    assert tariff.source == "our contract"


@pytest.mark.parametrize(
    ("rates", "message"),
    [
        ({"task": "1"}, "`task` is not a rate of that kind"),
        ({"kind": "tasks", "task": "1"}, "`shot` is missing"),
        ({"kind": "free", "shot": "1"}, "`shot` is not a rate of that kind"),
    ],
)
def test_rates_that_do_not_fit_the_kind(rates, message):
    with pytest.raises(PlanError, match=r"\[pricing.ionq.forte-1\]") as caught:
        own({"ionq": {"forte-1": rates}}).find("ionq", "forte-1")
    assert message in caught.value.message
    assert str(caught.value.hint).startswith("rates of")


def test_a_thousand_circuits_are_priced_at_once(shipped):
    """Quick enough to be no part of the second that planning may take; see bench/ for the clock."""
    from qml.pricing import CircuitSize

    circuits = tuple(CircuitSize(one_qubit=n, two_qubit=n % 7) for n in range(1_000))
    quote = shipped.find("ionq", "forte-1").quote(JobSize(circuits=circuits, shots=10))
    assert quote.high == Decimal("25790.00")
