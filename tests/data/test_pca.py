import numpy as np
import pytest
from sklearn.decomposition import PCA

from qml.data.pca import fit_components, project
from qml.errors import DataError


def cloud(rows=500, width=12, dtype=np.float64):
    generator = np.random.default_rng(3)
    scales = np.linspace(3, 0.2, width)
    mixed = (generator.normal(size=(rows, width)) * scales) @ generator.normal(size=(width, width))
    return (mixed + 7).astype(dtype)


@pytest.mark.parametrize("dtype, tolerance", [(np.float64, 1e-9), (np.float32, 2e-3)])
def test_agrees_with_scikit_learn(dtype, tolerance):
    features = cloud(dtype=dtype)
    index = np.arange(0, 500, 2)
    ours = fit_components(features, index, 5)
    theirs = PCA(5, svd_solver="full").fit(features[index].astype(np.float64))
    assert ours.axes.dtype == dtype
    np.testing.assert_allclose(np.abs(ours.axes), np.abs(theirs.components_), atol=tolerance)
    np.testing.assert_allclose(ours.mean, theirs.mean_, rtol=1e-5)


def test_many_blocks_are_as_one():
    features = cloud(rows=20_000)
    ours = fit_components(features, np.arange(20_000), 4)
    theirs = PCA(4, svd_solver="full").fit(features)
    np.testing.assert_allclose(np.abs(ours.axes), np.abs(theirs.components_), atol=1e-9)


def test_sign_is_definite():
    features = cloud()
    index = np.arange(500)
    axes = fit_components(features, index, 6).axes
    mirrored = fit_components(-features, index, 6).axes
    largest = np.abs(axes).argmax(axis=1)
    assert np.all(axes[np.arange(6), largest] > 0)
    np.testing.assert_allclose(axes, mirrored, atol=1e-9)


def test_projection_is_uncorrelated():
    features = cloud()
    index = np.arange(500)
    projected = project(features, index, fit_components(features, index, 6))
    covariance = np.cov(projected.T)
    np.testing.assert_allclose(covariance, np.diag(np.diag(covariance)), atol=1e-8)
    assert np.all(np.diff(np.diag(covariance)) < 0)


@pytest.mark.parametrize("rows, number, most", [(20, 13, 12), (5, 6, 5), (20, 0, 12)])
def test_too_many_components(rows, number, most):
    message = f"`data.features = {number}` principal components .* 12 columns and {rows} training"
    with pytest.raises(DataError, match=message) as caught:
        fit_components(cloud(), np.arange(rows), number)
    assert f"at most {most}" in str(caught.value.hint)
