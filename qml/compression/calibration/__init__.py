"""What flows into each unit on calibration data: second moments, layer by layer."""

from qml.compression.calibration.site import Site
from qml.compression.calibration.walk import Walk, walking

__all__ = ["Site", "Walk", "walking"]
