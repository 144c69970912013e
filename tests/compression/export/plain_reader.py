"""Reads an exported model with numpy alone; the documentation shows this file."""

import json
from pathlib import Path

import numpy as np


def unpack(stream, width, count):
    bits = np.unpackbits(stream, bitorder="little", count=count * width).reshape(-1, width)
    return np.packbits(bits, axis=1, bitorder="little")[:, 0]


def read(path):
    data = Path(path).read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    metadata, kinds = header.pop("__metadata__"), {"F32": "<f4", "F16": "<f2", "U8": "u1"}
    assert metadata["format"] == "qml.compressed/1"
    tensors = {}
    for name, entry in header.items():  # BF16 is the upper half of a float32
        begin, end = (start + offset for offset in entry["data_offsets"])
        if entry["dtype"] == "BF16":
            wide = np.frombuffer(data[begin:end], "<u2").astype("<u4") << 16
            tensors[name] = wide.view("<f4").reshape(entry["shape"])
        elif entry["dtype"] in kinds:
            values = np.frombuffer(data[begin:end], kinds[entry["dtype"]])
            tensors[name] = values.reshape(entry["shape"])
    weights = {}
    for name, part in json.loads(metadata["parts"]).items():
        if part["kind"] != "integer":
            continue
        (rows, columns), width, group = part["shape"], part["width"], part["group"]
        scales = tensors.pop(f"{name}.scales").astype("f4")
        codes = unpack(tensors.pop(f"{name}.codes"), width, rows * columns).reshape(rows, columns)
        zeros = unpack(tensors.pop(f"{name}.zeros"), width, scales.size).reshape(scales.shape)
        wide = (np.repeat(part_, group, 1)[:, :columns] for part_ in (scales, zeros.astype("f4")))
        scale, zero = wide
        weights[name] = scale * (codes.astype("f4") - zero)
    return weights, tensors
