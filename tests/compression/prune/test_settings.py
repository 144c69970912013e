"""What is refused before a model is loaded."""

import pytest

from qml.compression.prune.settings import check_settings, share_of
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError


def _section(target="50%", methods=("prune",), seconds=None, **settings):
    return CompressSection.model_validate(
        {"target": target, "methods": list(methods), "seconds": seconds, "prune": settings}
    )


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"target": "4bpw"}, "names no share"),
        ({"solver": "guess"}, "no `guess`"),
        ({"rivals": ["wanda", "guess"]}, "no `guess`"),
        ({"pattern": "4:4"}, "removes nothing"),
        ({"pattern": "1:4"}, "makes 75% zeros"),
        ({"methods": ["bits", "prune"], "target": "50%,4bpw"}, "would undo it"),
        ({"solver": "magnitude_global", "pattern": "2:4"}, "has no pattern"),
        ({"solver": "sparsegpt_update", "pattern": "heads"}, "has no pattern"),
        ({"block_solvers": ["guess"]}, "guess"),
        ({"block_solvers": ["dwave"]}, "none that qml compress runs on this machine"),
        ({"methods": ["bits", "distill", "prune"]}, "would undo it"),
        ({"seconds": 3.0}, "has no effect on `prune`"),
    ],
)
def test_bad_settings_are_refused(keys, words):
    with pytest.raises(ConfigError, match=words):
        check_settings(_section(**keys))


@pytest.mark.parametrize(
    ("keys", "share"),
    [
        ({"target": "30%"}, 0.3),
        ({"target": "4bpw", "pattern": "2:4"}, 0.5),
        ({"target": "75%", "pattern": "1:4"}, 0.75),
        ({"target": "40%,4bpw", "pattern": "3:5", "methods": ["prune", "bits"]}, 0.4),
    ],
)
def test_the_share_is_the_target_s_or_the_pattern_s(keys, share):
    section = _section(**keys)
    check_settings(section)
    assert share_of(section) == pytest.approx(share)
