import hashlib
from pathlib import Path

from qml.files import digest_file, digest_json, digest_text


def test_digests(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"abc")
    assert digest_file(tmp_path / "a") == digest_text("abc") == hashlib.sha256(b"abc").hexdigest()
    assert digest_json({"b": 1, "a": [1.5]}) == digest_json({"a": [1.5], "b": 1})
    assert digest_json({"a": 1}) != digest_json({"a": 2})
