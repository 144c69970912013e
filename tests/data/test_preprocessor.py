import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load, save

from qml.config.sections.data import DataSection
from qml.data import Preprocessor, prepare
from qml.errors import DataError
from qml.seeds import Seeds
from tests.data.conftest import blobs


def fitted(dtype=np.float64, scale="angle", **keys) -> tuple[np.ndarray, Preprocessor]:
    dataset = blobs(width=5)
    features = dataset.features.astype(dtype)
    object.__setattr__(dataset, "features", features)
    section = DataSection(name="digits", **keys)
    return features, prepare(dataset, section, seeds=Seeds(0), scale=scale).preprocessor


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from([np.float32, np.float64]),
    st.sampled_from(["angle", "standard", "none"]),
    st.sampled_from([None, 2, ["x3", "x1"]]),
)
def test_round_trip_through_a_file_is_bit_equal(dtype, scale, features):
    raw, first = fitted(dtype, scale, features=features)
    metadata = json.loads(json.dumps(first.metadata()))
    second = Preprocessor.from_arrays(load(save(first.arrays())), metadata)
    chosen = raw[:, [3, 1]] if isinstance(features, list) else raw
    expected = first.transform(chosen)
    assert expected.dtype == dtype
    assert second.transform(chosen).tobytes() == expected.tobytes()
    assert second.classes == first.classes


def test_wrong_width():
    _, preprocessor = fitted()
    with pytest.raises(DataError, match=r"shape \(2, 4\), but the model expects 5 columns"):
        preprocessor.transform(np.zeros((2, 4)))


def test_nothing_to_do_copies_nothing():
    raw, preprocessor = fitted(scale="none")
    assert preprocessor.transform(raw) is raw


def test_other_precision_is_cast_to_the_trained_one():
    raw, preprocessor = fitted(np.float32)
    np.testing.assert_array_equal(
        preprocessor.transform(raw.astype(np.float64)), preprocessor.transform(raw)
    )


def test_damaged_store():
    with pytest.raises(DataError, match=r"lacks factor, classes"):
        Preprocessor.from_arrays({"shift": np.zeros(2)}, {"feature_names": ["a", "b"]})
