"""Nothing is begun that the budget cannot pay, and nothing is spent that nobody agreed to."""

from decimal import Decimal

import pytest
from tasks.market import RUN, SETTLED, draft, put

from qml.errors import BudgetError, UsageError
from qml.ledger import Ledger
from qml.planning.purchase import Purchase
from qml.tasks.budget import set_budget
from qml.tasks.consent import check_budget, require_consent

LOW, EXPECTED, HIGH = Decimal(20), Decimal(30), Decimal(40)


def _purchase(**facts):
    sums = {"low": LOW, "expected": EXPECTED, "high": HIGH}
    return Purchase(
        name="fake.two", circuits=1, shots=1, one_qubit=0, two_qubit=0, jobs=1, **(sums | facts)
    )


def _check(market, most=None, run_id=None, **facts):
    sum_ = None if most is None else Decimal(most)
    return check_budget(_purchase(**facts), market.loaded(), market.world, sum_, run_id)


def _cap(market, **caps):
    set_budget(market.loaded(), market.world, {k: Decimal(v) for k, v in caps.items()})


@pytest.mark.parametrize(
    ("left", "told"),
    [("19.99", "refused"), ("20", "warned"), ("29.99", "warned"), ("30", None), ("50", None)],
)
@pytest.mark.parametrize("how", ["run", "day", "project", "--max-cost"])
def test_what_is_left_decides(market, left, told, how):
    most = left if how == "--max-cost" else None
    if most is None:
        _cap(market, **{how: left})
    if told == "refused":
        with pytest.raises(BudgetError, match="nothing was spent") as found:
            _check(market, most)
        assert "at least 20.00 USD" in found.value.message
        assert how in found.value.message
        return
    warning = _check(market, most)
    assert (warning is None) == (told is None)
    assert warning is None or "will probably stop there" in warning


def test_without_caps_nothing_is_refused(market):
    assert _check(market) is None


def test_what_is_free_is_never_refused(market):
    _cap(market, project="0")
    nothing = Decimal(0)
    assert _check(market, low=nothing, expected=nothing, high=nothing) is None


def test_max_cost_counts_what_the_run_has_cost_already(market):
    with market.ledger() as ledger:
        put(ledger, draft("k1"), *SETTLED, job="j1", bill="15")
    assert _check(market, "50", RUN) is None
    assert "probably" in _check(market, "44", RUN)
    with pytest.raises(BudgetError, match=r"19\.00 are left \(--max-cost\)"):
        _check(market, "34", RUN)


def test_max_cost_replaces_the_runs_own_cap(market):
    _cap(market, **{f"run:{RUN}": "10"})
    assert _check(market, "50", RUN) is None
    with pytest.raises(BudgetError, match=f"run:{RUN}"):
        _check(market, None, RUN)


def test_max_cost_does_not_lift_the_cap_of_every_run(market):
    """The ledger holds the lowest; a run that would be stopped there at once is not begun."""
    _cap(market, run="10")
    with pytest.raises(BudgetError, match=r"10\.00 are left \(the cap of every run\)"):
        _check(market, "50")
    _cap(market, day="5")
    with pytest.raises(BudgetError, match="day:"):
        _check(market, "50")


@pytest.mark.parametrize("most", [None, "500"])
def test_a_currency_that_no_cap_counts_is_refused_before_anything_begins(market, most):
    if most is None:
        _cap(market, month="500")
    with pytest.raises(BudgetError, match="the price is in HQC, but the budget is in USD"):
        _check(market, most, currency="HQC")


def test_a_currency_is_free_to_choose_where_there_is_no_cap(market):
    _cap(market, **{"run:another": "5"})
    assert _check(market, currency="HQC") is None


@pytest.mark.parametrize("agreed", [{"yes": True, "most": None}, {"yes": False, "most": HIGH}])
def test_who_agreed_is_not_asked(agreed):
    require_consent(_purchase(), **agreed)


def test_nobody_agreed():
    with pytest.raises(UsageError, match=r"about 30\.00 USD \(20\.00 to 40\.00\)") as found:
        require_consent(_purchase(), yes=False, most=None)
    assert "--max-cost" in found.value.hint
    nothing = Decimal(0)
    require_consent(_purchase(low=nothing, expected=nothing, high=nothing), yes=False, most=None)


def test_the_ledger_agrees_about_max_cost(market):
    """What is refused here is what the ledger would refuse: the lowest of all caps holds."""
    _cap(market, run="10", **{f"run:{RUN}": "50"})
    with market.ledger() as ledger:
        assert isinstance(ledger, Ledger)
        with pytest.raises(BudgetError, match=r"cap of 10\.00 USD"):
            ledger.intend([draft("k1")])
