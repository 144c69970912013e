"""A teacher is named as what it is."""

import numpy as np
import pytest

from qml.compression.subjects.origin import quantised, teacher_name


def write(path, formats):
    from gguf import GGMLQuantizationType, GGUFWriter, quantize

    writer = GGUFWriter(path, "llama")
    for place, (name, rows) in enumerate(formats):
        kind = GGMLQuantizationType[name]
        writer.add_tensor(
            f"t{place}", quantize(np.ones((rows, 64), np.float32), kind), raw_dtype=kind
        )
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


class Loaded:
    def __init__(self, folder):
        self.folder = folder


@pytest.mark.parametrize(
    ("formats", "names"),
    [
        ([("F32", 10)], []),
        ([("F16", 10), ("F32", 1)], []),
        ([("Q4_1", 90), ("F32", 10)], ["Q4_1"]),
        ([("Q4_0", 90), ("Q8_0", 200)], ["Q8_0", "Q4_0"]),
        ([("Q4_0", 1000), ("Q8_0", 1)], ["Q4_0"]),
    ],
)
def test_formats_of_a_file(tmp_path, formats, names):
    path = write(tmp_path / "m.gguf", formats)
    assert quantised(path) == names
    said = f"dequantised {', '.join(names)}" if names else "fp32"
    assert teacher_name(Loaded(path)) == said
    assert teacher_name(Loaded(tmp_path)) == said


def test_other_models_are_full_precision(tmp_path):
    assert teacher_name(Loaded(None)) == "fp32"
    assert teacher_name(Loaded(tmp_path)) == "fp32"
