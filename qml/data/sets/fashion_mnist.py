"""`fashion_mnist`: 70,000 images of clothes, 28x28 pixels, 10 classes, with their own split.

Xiao, Rasul and Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
Algorithms" (2017), arXiv:1708.07747; Zalando Research, MIT licence.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qml.config.sections.data import DataSection
from qml.data.blocks import blocks
from qml.data.dataset import Dataset, assemble
from qml.data.download import cache_folder, download, is_whole
from qml.data.idx import read_idx
from qml.data.origin import Origin, quoted
from qml.data.sets.options import refuse_options
from qml.errors import DataError
from qml.ports import Progress

FOLDER = "fashion-mnist"
URL = "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/"
DIGESTS = {
    "train-images-idx3-ubyte.gz": (
        "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7"
    ),
    "train-labels-idx1-ubyte.gz": (
        "0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056"
    ),
    "t10k-images-idx3-ubyte.gz": (
        "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa"
    ),
    "t10k-labels-idx1-ubyte.gz": (
        "8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05"
    ),
}


def load_fashion_mnist(
    section: DataSection,
    *,
    root: Path,
    environ: Mapping[str, str],
    progress: Progress,
    base_url: str = URL,
) -> Dataset:
    """Load the images from `data.dir`, `$QML_DATA_DIR/fashion-mnist` or the cache.

    Where none of them is there the files are downloaded into the cache, once.

    Returns:
        float32 pixels in [0, 1], shape (70000, 784); the first 60,000 rows are `train`, the
        others `test`.

    Raises:
        DataError: Files are missing or damaged, or the cache cannot be written.
        ProviderError: The download failed.
    """
    refuse_options(section)
    folder = _given_folder(section, root, environ)
    if folder is None:
        folder = cache_folder(FOLDER, environ)
        if not all((folder / name).is_file() for name in DIGESTS):
            download(folder, DIGESTS, base_url=base_url, title="Fashion-MNIST", progress=progress)
    _check(folder)
    return read_folder(folder)


def read_folder(folder: Path) -> Dataset:
    """Read the four files of a folder, unpacking them side by side."""
    with ThreadPoolExecutor(len(DIGESTS)) as pool:
        paths = (folder / name for name in DIGESTS)
        train, train_labels, test, test_labels = pool.map(read_idx, paths)
    return assemble(
        _pixels(train, test),
        np.concatenate([train_labels, test_labels]),
        origin=Origin("`fashion_mnist`"),
        source={"kind": "name", "name": "fashion_mnist", "files": DIGESTS},
        feature_names=[f"pixel_{row}_{column}" for row in range(28) for column in range(28)],
        split=np.repeat(["train", "test"], [len(train), len(test)]),
    )


def _pixels(*parts: NDArray[np.uint8]) -> NDArray[np.float32]:
    pixels = np.empty((sum(len(part) for part in parts), 784), dtype=np.float32)
    start = 0
    for part in parts:
        for block in blocks(part.reshape(len(part), -1)):
            rows = pixels[start : start + len(block)]
            rows[:] = block  # converted first: to divide bytes into fresh memory is 10x slower
            rows /= np.float32(255)
            start += len(block)
    return pixels


def _given_folder(section: DataSection, root: Path, environ: Mapping[str, str]) -> Path | None:
    if section.dir is not None:
        return root / Path(section.dir).expanduser()
    shared = environ.get("QML_DATA_DIR")
    folder = root / Path(shared).expanduser() / FOLDER if shared else None
    return folder if folder is not None and folder.is_dir() else None


def _check(folder: Path) -> None:
    missing = [name for name in DIGESTS if not (folder / name).is_file()]
    if missing:
        raise DataError(
            f"`{folder}` lacks {quoted(missing)}",
            hint="`data.dir` names the folder with the four files of Fashion-MNIST;"
            " leave it out to have them downloaded",
        )
    damaged = [name for name, digest in DIGESTS.items() if not is_whole(folder / name, digest)]
    if damaged:
        raise DataError(
            f"in `{folder}`, {quoted(damaged)} differs from the published file (SHA-256)",
            hint="remove it and fetch it again",
        )
