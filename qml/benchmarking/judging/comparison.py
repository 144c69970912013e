"""One comparison of two columns, and what is said of it once all are known."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from qml.benchmarking.judging.margin import Margin
from qml.results.verdict import SIGNIFICANCE

Kind = Literal["rival", "twin", "peer", "vendor"]
Word = Literal["better", "no difference shown", "worse"]
Scale = Literal["difference", "ratio"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A column against another.

    Attributes:
        model: The column that is judged.
        rival: The column that it is held against.
        kind: What the other is: a classical rival, the twin without entanglement, a peer, a vendor.
        data: The data set, or None where it is about all of them.
        unit: What was counted: `data sets`, `rows`, `seeds` or `repetitions`.
        units: How many of them.
        test: Name of the test.
        ours: Mean of the column over what was compared.
        theirs: Mean of the other.
        scale: Whether `effect` is ours - theirs or ours / theirs.
        effect: How far they are apart.
        low: Lower end of its 95 % interval, or None.
        high: Upper end.
        gain: Whether the effect is to the good (1), to the bad (-1) or none (0).
        error: Standard error of the effect, of its logarithm where it is a ratio.
        margin: How many standard errors count.
        exact: Whether the test is exact, with a least p-value of 2 / 2^units.
        biserial: Rank-biserial correlation, 1 where all units are to the good; or None.
        wins: Units to the good.
        losses: Units to the bad.
        p_value: Two-sided, of no difference.
        p_adjusted: The same, corrected for all comparisons of the suite.
        verdict: The word.
        detectable: The smallest effect that would have been shown four times out of five; None
            where none could have been.
    """

    model: str
    rival: str
    kind: Kind
    data: str | None
    unit: str
    units: int
    test: str
    ours: float
    theirs: float
    scale: Scale
    effect: float
    low: float | None
    high: float | None
    gain: int
    error: float
    margin: Margin
    exact: bool
    biserial: float | None
    wins: int
    losses: int
    p_value: float
    p_adjusted: float = 1.0
    verdict: Word = "no difference shown"
    detectable: float | None = None

    def document(self) -> dict[str, Any]:
        """Return it as a row of `qml.bench/1`."""
        left_out = {"gain", "error", "margin", "exact"}
        return {key: value for key, value in asdict(self).items() if key not in left_out}


def word(p_adjusted: float, gain: int) -> Word:
    """Return the word; a difference that is not more than noise is never called one."""
    if p_adjusted >= SIGNIFICANCE or gain == 0:
        return "no difference shown"
    return "better" if gain > 0 else "worse"
