"""What predictions cost on a machine, before and after."""

from typing import TYPE_CHECKING, Any

from qml.config import Config

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qml.algorithms.models import VariationalModel
    from qml.planning.site import Site

_ROWS = 8
"""Rows whose circuits are compiled for the price; planning takes a few of them."""


def priced_config(config: Config) -> Config:
    """Return the configuration of the predictions that are priced."""
    wanted = config.compress.circuit
    section = config.backend.model_copy(
        update={"name": wanted.price_on, "shots": wanted.price_shots, "route": []}
    )
    return config.model_copy(update={"backend": section})


def price_of(
    config: Config, model: "VariationalModel", site: "Site", features: "NDArray[np.floating]"
) -> dict[str, Any]:
    """Price predictions of a model.

    Args:
        config: What `priced_config` returned.
        model: The model.
        site: The machine.
        features: Some prepared rows, shape (N, d); they stand for all that are priced.

    Returns:
        Amounts as strings (`low`, `expected`, `high`), currency, gates as the machine bills them,
        and whether its minimum price applies.
    """
    import numpy as np

    from qml.planning.prediction import plan_prediction

    rows = np.resize(features[:_ROWS], (config.compress.circuit.price_rows, features.shape[1]))
    purchase = plan_prediction(config, model, site, rows, parameters=0, support=0).purchase
    return {
        "low": str(purchase.low),
        "expected": str(purchase.expected),
        "high": str(purchase.high),
        "currency": purchase.currency,
        "circuits": purchase.circuits,
        "two_qubit": purchase.two_qubit,
        "one_qubit": purchase.one_qubit,
        "minimum_applies": purchase.minimum_applies,
    }
