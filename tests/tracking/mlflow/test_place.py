import pytest

from qml.tracking import TrackerSettings
from qml.tracking.mlflow.place import place_of


def settings(root, uri, **environ):
    return TrackerSettings(uri=uri, experiment="demo", root=root, environ=environ)


def test_a_relative_database_lies_in_the_project(tmp_path):
    place = place_of(settings(tmp_path, "sqlite:///.qml/mlflow.db"))
    assert place.database == tmp_path / ".qml" / "mlflow.db"
    assert place.uri == f"sqlite:///{tmp_path}/.qml/mlflow.db"
    assert place.artifacts == tmp_path / ".qml" / "mlartifacts"


def test_options_of_a_database_are_not_part_of_its_file(tmp_path):
    place = place_of(settings(tmp_path, "sqlite:///m.db?timeout=60"))
    assert place.database == tmp_path / "m.db"
    assert place.uri == f"sqlite:///{tmp_path}/m.db?timeout=60"


def test_an_absolute_database_stays_where_it_is(tmp_path):
    assert str(place_of(settings(tmp_path, "sqlite:////data/m.db")).database) == "/data/m.db"


@pytest.mark.parametrize(
    ("uri", "own"),
    [("https://host:5000", False), ("postgresql+psycopg://db/m", True), ("file:///m", False)],
)
def test_artifacts_are_ours_only_where_no_server_decides(tmp_path, uri, own):
    place = place_of(settings(tmp_path, uri))
    assert (place.uri, place.database, place.artifacts is not None) == (uri, None, own)


def test_the_variable_of_mlflow_overrides_the_configuration(tmp_path):
    found = place_of(settings(tmp_path, "sqlite:///x.db", MLFLOW_TRACKING_URI="http://h"))
    assert found.uri == "http://h"
