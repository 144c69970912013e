"""`[mitigation]`: less error for more shots, where that pays."""

from typing import Literal

from pydantic import Field

from qml.config.base import Section


class MitigationSection(Section):
    """How errors of a noisy machine are mitigated in expectation values."""

    method: Literal["none", "auto", "zne", "readout", "pec", "symmetry", "debiasing"] = Field(
        "none",
        description="`none`, `auto` (the least mean squared error at the given shots and price),"
        " `zne`, `readout`, `pec`, `symmetry`, or `debiasing` (the vendor's).",
    )
