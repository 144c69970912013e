"""`[budget]`: sums of money that are never exceeded."""

from decimal import Decimal

from pydantic import Field

from qml.config.base import Section


class BudgetSection(Section):
    """Caps; of several that apply, the lowest holds."""

    run: Decimal | None = Field(None, ge=0, description="Most that one run may cost (currency).")
    day: Decimal | None = Field(
        None, ge=0, description="Most that all runs may cost in one day, UTC (currency)."
    )
    month: Decimal | None = Field(
        None, ge=0, description="Most that all runs may cost in one month, UTC (currency)."
    )
    project: Decimal | None = Field(
        None, ge=0, description="Most that the project may cost altogether (currency)."
    )
    currency: str = Field(
        "USD", pattern="^[A-Z]{3}$", description="Currency of the caps (ISO 4217)."
    )
