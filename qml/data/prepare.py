"""From a data set to the rows that a model trains on, is watched on and is tested on."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from qml.config.sections.data import DataSection
from qml.data.blocks import take
from qml.data.content import digest_content
from qml.data.dataset import Dataset
from qml.data.partition import Partition, partition
from qml.data.pca import fit_components, project
from qml.data.preprocessor import Preprocessor
from qml.data.scaling import fit_scaling
from qml.data.select import Selection, select_classes, select_columns
from qml.seeds import Seeds


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Prepared rows of one part.

    Attributes:
        features: Floats, shape (n, d).
        labels: int64, shape (n,).
        index: Row numbers in the data set, counted from 0, ascending, int64, shape (n,).
    """

    features: NDArray[np.floating]
    labels: NDArray[np.int64]
    index: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Rows ready for a model.

    Attributes:
        train: Rows that parameters are fitted to.
        validation: Rows that early stopping watches; none unless asked for or given.
        test: Rows that are looked at once, at the end.
        classes: Names of the labels, by code.
        preprocessor: Turns raw features of new rows into a model's inputs.
        digests: SHA-256 of the raw content: `data` (all of it), `train`, `validation`, `test`.
    """

    train: Rows
    validation: Rows
    test: Rows
    classes: tuple[str, ...]
    preprocessor: Preprocessor
    digests: Mapping[str, str]


def prepare(
    dataset: Dataset,
    section: DataSection,
    *,
    seeds: Seeds,
    scale: str,
    validation: bool = False,
) -> Prepared:
    """Choose classes, rows and columns, then project and scale them.

    All that is fitted (components, scaling) is fitted on the training rows alone.

    Args:
        dataset: The whole data.
        section: `[data]`: `classes`, `rows`, `features`, `test_fraction`, `validation_fraction`.
        seeds: Named seeds of the draws.
        scale: `angle`, `standard` or `none`.
        validation: Take validation rows from the training rows where the data gives none.

    Raises:
        DataError: A class or column does not exist, or there are too few rows.
    """
    chosen = select_classes(dataset, section.classes)
    split = None if dataset.split is None else dataset.split[chosen.rows]
    parts = partition(
        chosen.labels, split, chosen.classes, section, seeds=seeds, validation=validation
    )
    features, names = select_columns(dataset, section.features)
    with threadpool_limits(1, user_api="blas"):  # the same bits on any number of cores
        preprocessor = _fit(
            features,
            chosen.rows[parts.train],
            components=section.features if isinstance(section.features, int) else None,
            scale=scale,
            names=names,
            classes=chosen.classes,
        )
        rows = {
            name: _rows(features, chosen, positions, preprocessor)
            for name, positions in parts._asdict().items()
        }
    return Prepared(
        **rows,
        classes=chosen.classes,
        preprocessor=preprocessor,
        digests=_digests(dataset, chosen, parts),
    )


def _fit(
    features: NDArray[np.floating],
    train: NDArray[np.int64],
    *,
    components: int | None,
    scale: str,
    names: tuple[str, ...],
    classes: tuple[str, ...],
) -> Preprocessor:
    mean = axes = None
    raw, index = features, train
    if components is not None:
        mean, axes = fitted = fit_components(features, train, components)
        raw, index = project(features, train, fitted), np.arange(len(train))
    scaling = fit_scaling(scale, raw, index)
    return Preprocessor(
        feature_names=names,
        classes=classes,
        shift=scaling.shift.astype(features.dtype),
        factor=scaling.factor.astype(features.dtype),
        mean=mean,
        axes=axes,
    )


def _rows(
    features: NDArray[np.floating],
    chosen: Selection,
    positions: NDArray[np.int64],
    preprocessor: Preprocessor,
) -> Rows:
    index = chosen.rows[positions]
    return Rows(
        features=preprocessor.transform(take(features, index)),
        labels=chosen.labels[positions],
        index=index,
    )


def _digests(dataset: Dataset, chosen: Selection, parts: Partition) -> dict[str, str]:
    return {"data": dataset.digest} | {
        name: digest_content(
            dataset.features,
            chosen.labels[positions],
            chosen.classes,
            index=chosen.rows[positions],
        )
        for name, positions in parts._asdict().items()
    }
