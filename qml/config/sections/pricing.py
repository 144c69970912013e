"""`[pricing]`: prices of your own, over those that are shipped."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from qml.config.base import Section

Rate = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]
Positive = Annotated[Decimal, Field(gt=0, allow_inf_nan=False)]


class OwnTariff(Section):
    """`[pricing.PROVIDER.DEVICE]`: keys that replace those of the shipped tariff.

    A device that has no shipped tariff needs a `kind` and all rates of that kind.
    """

    kind: Literal["gates", "tasks", "seconds", "credits", "free"] | None = Field(
        None, description="How the vendor bills."
    )
    currency: str | None = Field(None, pattern="^[A-Z]{3}$", description="ISO 4217 code.")
    date: dt.date | None = Field(None, description="Day on which you saw the price.")
    source: str | None = Field(None, description="Where you saw it.")
    one_qubit: Rate | None = Field(None, description="Price of a one-qubit gate, per shot.")
    two_qubit: Rate | None = Field(None, description="Price of a two-qubit gate, per shot.")
    minimum: Rate | None = Field(None, description="Least price of a job.")
    minimum_mitigated: Rate | None = Field(
        None, description="Least price of a job with the vendor's error mitigation."
    )
    task: Rate | None = Field(None, description="Fee of a task.")
    shot: Rate | None = Field(None, description="Price of a shot.")
    rate: Rate | None = Field(None, description="Price of `per` seconds.")
    per: Positive | None = Field(None, description="What `rate` buys (seconds).")
    minimum_seconds: Rate | None = Field(None, description="Least time billed (seconds).")
    increment_seconds: Rate | None = Field(None, description="Time is rounded up to it (seconds).")
    fixed: Rate | None = Field(None, description="Credits of a circuit before its first gate.")
    spam: Rate | None = Field(
        None, description="Credits of a measurement or of a qubit's preparation, per shot."
    )
    plan_price: Rate | None = Field(None, description="Price of a plan of credits.")
    plan_credits: Positive | None = Field(None, description="Credits that the plan holds.")

    @model_validator(mode="after")
    def _rates_and_their_units(self) -> Self:
        """Refuse half a rate: the shipped other half may be meant differently."""
        for rate, unit in (("rate", "per"), ("plan_price", "plan_credits")):
            if getattr(self, rate) is not None and getattr(self, unit) is None:
                raise ValueError(f"`{rate}` needs `{unit}` beside it, what the price buys")
        return self


class PricingSection(Section):
    """Prices. Tables beneath it are `[pricing.PROVIDER.DEVICE]`."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, dict[str, OwnTariff]] = Field(init=False)

    warn_after: int = Field(
        90,
        ge=1,
        description="A price older than this is warned about (days). Prices of your own stand in"
        ' tables such as [pricing.ionq.forte-1], with keys such as two_qubit = "0.0009".',
    )

    @property
    def own(self) -> dict[str, dict[str, OwnTariff]]:
        """The user's tariffs, by provider and device."""
        return self.__pydantic_extra__
