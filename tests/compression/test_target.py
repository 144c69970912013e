"""What targets may say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.compression.target import Target, read_target
from qml.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("4.0bpw", Target(bpw=4.0)),
        (" .5 BPW ", Target(bpw=0.5)),
        ("50MB", Target(bytes=50_000_000)),
        ("1.5GiB", Target(bytes=3 * 2**29)),
        ("900kb", Target(bytes=900_000)),
        ("30%", Target(share=0.3)),
        ("50%,4bpw", Target(share=0.5, bpw=4.0)),
        ("80MB, 50%", Target(share=0.5, bytes=80_000_000)),
    ],
)
def test_targets_are_read(text, target):
    assert read_target(text) == target


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "is empty"),
        (",", "is empty"),
        ("4", "`4` is no target"),
        ("-4bpw", "`-4bpw` is no target"),
        ("nanbpw", "is no target"),
        ("four bpw", "is no target"),
        ("0bpw", "not between 0 and 32 bits"),
        ("33bpw", "not between 0 and 32 bits"),
        ("0%", "not between 0% and 100%"),
        ("100%", "not between 0% and 100%"),
        ("0MB", "is less than a byte"),
        ("0.0001KB", "is less than a byte"),
        ("4bpw,3bpw", "gives a size twice"),
        ("4bpw,50MB", "gives a size twice"),
        ("10%,20%", "gives a share twice"),
    ],
)
def test_bad_targets_are_refused(text, match):
    with pytest.raises(ConfigError, match=match):
        read_target(text)


@given(st.integers(1, 3200).map(lambda n: n / 100), st.integers(1, 99), st.booleans())
def test_words_are_read_back(bpw, percent, both):
    target = read_target(f"{percent}%,{bpw}bpw" if both else f"{bpw}bpw")
    assert read_target(target.words()) == target


@given(st.integers(1, 10**12))
def test_sizes_are_read_back(size):
    target = Target(bytes=size)
    assert abs(read_target(target.words()).bytes - size) <= max(1, 1e-11 * size)
