import sys

import pytest

from qml.benchmarking.measurements.step.interpreters import MODULES, interpreter
from qml.benchmarking.measurements.step.options import PEERS


@pytest.mark.parametrize(
    ("peer", "given", "environ", "found"),
    [
        ("qml", "/x/python", {"QML_QML_PYTHON": "/y/python"}, sys.executable),
        ("tfq", "/x/python", {"QML_TFQ_PYTHON": "/y/python"}, "/x/python"),
        ("tfq", None, {"QML_TFQ_PYTHON": "/y/python"}, "/y/python"),
        ("tfq", None, {"QML_PEERS_PYTHON": "/z/python"}, "/z/python"),
        ("tfq", None, {}, sys.executable),
        ("aer", None, {"QML_PEERS_PYTHON": "/z/python"}, sys.executable),
    ],
)
def test_the_nearest_word_counts(peer, given, environ, found):
    assert interpreter(peer, environ, given) == found


def test_every_peer_has_its_module():
    assert MODULES.keys() == PEERS.keys()
