import numpy as np
import pytest
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from qml.data.scaling import fit_scaling
from qml.errors import DataError

FEATURES = np.random.default_rng(1).normal(5, 2, size=(20_000, 3))
INDEX = np.arange(0, 20_000, 3)


def scaled(kind: str, features=FEATURES, index=INDEX) -> np.ndarray:
    scaling = fit_scaling(kind, features, index)
    return (features - scaling.shift) * scaling.factor


@pytest.mark.parametrize(
    "kind, scaler",
    [("angle", MinMaxScaler((-np.pi / 2, np.pi / 2))), ("standard", StandardScaler())],
)
def test_agrees_with_scikit_learn(kind, scaler):
    expected = scaler.fit(FEATURES[INDEX]).transform(FEATURES)
    np.testing.assert_allclose(scaled(kind), expected, rtol=1e-10, atol=1e-12)


def test_none_changes_no_bit():
    np.testing.assert_array_equal(scaled("none"), FEATURES)


@pytest.mark.parametrize("kind", ["angle", "standard"])
def test_a_feature_that_does_not_vary_becomes_zero(kind):
    features = FEATURES.copy()
    features[INDEX, 1] = 0.1
    assert np.all(scaled(kind, features)[:, 1] == 0)


def test_unknown_kind():
    with pytest.raises(DataError, match=r"unknown scale `log`"):
        fit_scaling("log", FEATURES, INDEX)
