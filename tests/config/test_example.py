import tomllib
from pathlib import Path

import jsonschema
import pytest

from qml.backends.noise import resolve
from qml.config import example, flatten, json_schema, load, validate
from qml.config.config import Config

FILE = Path(__file__).parents[2] / "qml.toml.example"


def uncommented() -> dict[str, dict[str, object]]:
    lines = []
    for line in FILE.read_text().splitlines():
        bare = line.removeprefix("# ")
        is_key = line.startswith("# ") and " = " in bare and bare.split(" = ")[0].isidentifier()
        lines.append(bare if is_key else line)
    return tomllib.loads("\n".join(lines))


def empty_tables(table: dict[str, object], prefix: str = "") -> list[str]:
    found = [f"{prefix}{name}" for name, value in table.items() if value == {}]
    inner = ((name, value) for name, value in table.items() if isinstance(value, dict))
    return found + [key for name, value in inner for key in empty_tables(value, f"{prefix}{name}.")]


def keys(model: type, prefix: str = "") -> set[str]:
    found = set()
    for name, field in model.model_fields.items():
        inner = field.annotation
        if hasattr(inner, "model_fields"):
            found |= keys(inner, f"{prefix}{name}.")
        else:
            found.add(prefix + name)
    return found


def empty(table, prefix=""):
    """The tables without keys, which have nothing to flatten."""
    found = set()
    for name, value in table.items():
        if value == {}:
            found.add(prefix + name)
        elif isinstance(value, dict):
            found |= empty(value, f"{prefix}{name}.")
    return found


def test_the_file_is_up_to_date():
    assert FILE.read_text() == example()


def test_it_is_valid_and_shows_the_defaults():
    assert validate(tomllib.loads(FILE.read_text())) == Config()


def test_it_shows_every_key():
    shown = uncommented()
    assert set(flatten(shown)) | empty(shown) == keys(Config)


def test_every_commented_sample_is_valid():
    for key, value in flatten(uncommented()).items():
        section, name = key.rsplit(".", 1)
        document: object = {name: value}
        for part in reversed(section.split(".")):
            document = {part: document}
        validate(document)


def test_the_schema_accepts_the_example_and_refuses_a_typo():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    document = tomllib.loads(FILE.read_text())
    jsonschema.validate(document, schema)
    document["train"]["epoch"] = 3
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema)


def test_the_example_loads_as_a_project(tmp_path: Path):
    (tmp_path / "qml.toml").write_text(FILE.read_text())
    assert load(tmp_path, environ={}).config == Config()


def test_absence_survives_the_record():
    config = validate({"backend": {"noise": {"model": "forte-1"}}})
    again = validate(config.document())
    assert resolve(again.backend.noise) == resolve(config.backend.noise)
    assert again == config
