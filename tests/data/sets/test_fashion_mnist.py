import gzip
import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from qml.config.sections.data import DataSection
from qml.data import prepare
from qml.data.sets.fashion_mnist import DIGESTS, load_fashion_mnist
from qml.errors import DataError
from qml.ports import Silence
from qml.seeds import Seeds


def load(root, environ=None, *, folder=None, **keys):
    section = DataSection(name="fashion_mnist", dir=folder)
    return load_fashion_mnist(section, root=root, environ=environ or {}, progress=Silence(), **keys)


@pytest.fixture(scope="module")
def images():
    folder = os.environ.get("QML_TEST_DATA")
    if folder is None:
        pytest.skip("QML_TEST_DATA is not set: Fashion-MNIST is not at hand")
    return load(Path(folder).resolve(), folder="fashion-mnist")


def test_pixels_and_labels(images, shared):
    assert images.features.shape == (70_000, 784)
    assert images.features.dtype == np.float32
    raw = gzip.decompress((shared / "fashion-mnist/t10k-images-idx3-ubyte.gz").read_bytes())
    first = np.frombuffer(raw, np.uint8, 784, offset=16)
    np.testing.assert_array_equal(images.features[60_000] * 255, first)
    assert np.bincount(images.labels).tolist() == [7000] * 10
    assert images.classes == tuple("0123456789")


def test_its_own_split_is_used(images):
    section = DataSection(name="fashion_mnist", features=4, rows=500)
    prepared = prepare(images, section, seeds=Seeds(0), scale="angle", validation=True)
    assert (len(prepared.train), len(prepared.validation), len(prepared.test)) == (450, 50, 10_000)
    assert prepared.train.index.max() < 60_000 <= prepared.test.index.min()
    assert prepared.train.features.dtype == np.float32


def test_folder_from_the_environment(images, shared):
    assert load(shared, {"QML_DATA_DIR": str(shared)}).digest == images.digest


def test_folder_without_the_files(tmp_path):
    with pytest.raises(
        DataError, match=r"lacks `train-images-idx3-ubyte.gz`, `train-lab"
    ) as caught:
        load(tmp_path, folder=".")
    assert "leave it out to have them downloaded" in str(caught.value.hint)


def test_other_files_are_refused(tmp_path):
    for name in DIGESTS:
        (tmp_path / name).write_bytes(gzip.compress(b"not these"))
    with pytest.raises(DataError, match=r"differs from the published file"):
        load(tmp_path, folder=str(tmp_path))


def test_downloaded_into_the_cache(images, shared, tmp_path):
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            """Keep the test's output clean."""

    handler = partial(Quiet, directory=str(shared / "fashion-mnist"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = False  # so that closing it waits for every connection
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    environ = {"XDG_CACHE_HOME": str(tmp_path), "QML_DATA_DIR": str(tmp_path / "empty")}
    url = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        assert load(tmp_path, environ, base_url=url).digest == images.digest
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    again = load(tmp_path, environ, base_url="http://127.0.0.1:9/")
    assert again.digest == images.digest
