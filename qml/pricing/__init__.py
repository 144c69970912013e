"""What work costs: dated tariffs of vendors, and envelopes of price made from them."""

from qml.pricing.base import Quote, Tariff
from qml.pricing.gates import multi_controlled
from qml.pricing.job import JobSize
from qml.pricing.tariffs import Tariffs
from qml.results.sizes import CircuitSize

__all__ = ["CircuitSize", "JobSize", "Quote", "Tariff", "Tariffs", "multi_controlled"]
