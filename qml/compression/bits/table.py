"""What is known of every tensor in every format: what it costs, and what it saves."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qml.compression.formats.base import Format
from qml.compression.subjects.base import Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Sensitivities: the additive model of an allocation is the sum of one entry of each row.

    Attributes:
        units: Tensors, one per row.
        formats: Formats, one per column, by rising cost.
        kl: Divergence from the teacher with this tensor alone in this format, on calibration
            text, beyond that of the base, shape (units, formats) (nats per token); infinite where
            the format does not fit.
        bits: What the tensor takes of the budget, shape (units, formats) (bits); infinite where
            the format does not fit.
    """

    units: tuple[Unit, ...]
    formats: tuple[Format, ...]
    kl: "NDArray[np.float64]"
    bits: "NDArray[np.float64]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Interactions: what two changed tensors cost beyond the sum of both.

    Attributes:
        places: Rows of the table whose pairs were measured, shape (k,).
        form: Column of the table that they were measured in.
        extra: KL_ij - KL_i - KL_j, shape (k, k), symmetric with a zero diagonal (nats per token).
    """

    places: "NDArray[np.int64]"
    form: int
    extra: "NDArray[np.float64]"
