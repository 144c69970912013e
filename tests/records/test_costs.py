from dataclasses import replace
from decimal import Decimal

from qml.records import free_charge, read_costs, write_costs
from qml.units import Money

# The mandatory columns of FOCUS 1.2.
MANDATORY = {
    "BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency",
    "BillingPeriodStart", "BillingPeriodEnd", "ChargeCategory", "ChargeClass", "ChargeDescription",
    "ChargePeriodStart", "ChargePeriodEnd", "ContractedCost", "EffectiveCost", "InvoiceIssuer",
    "ListCost", "PricingQuantity", "PricingUnit", "Provider", "Publisher", "ServiceCategory",
    "ServiceName",
}  # fmt: skip
DECEMBER = 1_797_000_000.0  # 2026-12-11


def test_a_free_run_is_one_row_that_costs_nothing(run):
    write_costs(run.costs_path, [free_charge(run.id, "jax", start=DECEMBER, end=DECEMBER + 9)])
    [row] = read_costs(run.costs_path)
    assert set(row) >= MANDATORY
    assert all(name in MANDATORY | {"ServiceSubcategory"} or name.startswith("x_") for name in row)
    assert (row["BilledCost"], row["BillingCurrency"], row["x_RunId"]) == ("0.00", "USD", run.id)
    assert row["BillingPeriodStart"] == "2026-12-01T00:00:00Z"
    assert row["BillingPeriodEnd"] == "2027-01-01T00:00:00Z"
    assert row["ChargePeriodEnd"] == "2026-12-11T14:40:09Z"


def test_money_stays_decimal(run):
    price = Money(amount=Decimal("0.0000100"), currency="EUR")
    charge = free_charge(run.id, "x", start=0, end=1)
    write_costs(run.costs_path, [replace(charge, billed=price, account="lab")])
    [row] = read_costs(run.costs_path)
    assert (row["BilledCost"], row["BillingCurrency"]) == ("0.0000100", "EUR")
    assert row["BillingAccountId"] == "lab"


def test_no_file_is_no_rows(tmp_path):
    assert read_costs(tmp_path / "costs.csv") == []
