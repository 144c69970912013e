"""Whether a file was written by `qml compress`: then it is no model to be compressed once more."""

from pathlib import Path

from safetensors import SafetensorError, safe_open

MARK = "qml.compressed/"
"""What the key `format` of the header begins with; the version follows."""


def is_compressed(path: Path) -> bool:
    """Whether this is a file, or a folder with `model.safetensors`, that `qml compress` wrote."""
    file = path / "model.safetensors" if path.is_dir() else path
    if file.suffix != ".safetensors" or not file.is_file():
        return False
    try:
        with safe_open(file, framework="pt") as opened:
            return str((opened.metadata() or {}).get("format")).startswith(MARK)
    except (SafetensorError, OSError):
        return False
