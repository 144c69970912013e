import pytest

from qml.backends.ionq.access import URL, Access
from qml.errors import PlanError, UsageError

SECRET = "sk-not-to-be-shown"


def test_the_vendor_unless_it_is_said_otherwise():
    assert Access({}).url == URL
    assert Access({}).place == "ionq"
    assert Access({"IONQ_API_URL": ""}).url == URL


@pytest.mark.parametrize(
    "url, place",
    [
        ("http://127.0.0.1:8917/v0.4", "127.0.0.1"),
        ("http://127.0.0.1:8917/v0.4/", "127.0.0.1"),
        ("http://localhost:1/v0.4", "localhost"),
        ("http://[::1]:1/v0.4", "::1"),
        ("https://proxy.example.org/v0.4", "proxy.example.org"),
    ],
)
def test_another_address_is_another_place(url, place):
    access = Access({"IONQ_API_URL": url})
    assert access.url == url.rstrip("/")
    assert access.place == place


@pytest.mark.parametrize(
    "url",
    [
        "http://api.ionq.co/v0.4",
        "http://127.0.0.1.example.org/v0.4",
        "http://localhost.example.org/v0.4",
        "http://user:pass@127.0.0.1/v0.4",
        "ftp://127.0.0.1/v0.4",
        "127.0.0.1:8917/v0.4",
        "http://127.0.0.1:8917",
        "http://127.0.0.1:8917/v0.3",
    ],
)
def test_the_key_is_not_sent_just_anywhere(url):
    with pytest.raises(PlanError, match="IONQ_API_URL"):
        Access({"IONQ_API_URL": url})


@pytest.mark.parametrize("name", ["IONQ_API_KEY", "QISKIT_IONQ_API_TOKEN", "IONQ_API_TOKEN"])
def test_the_key_comes_from_the_environment(name):
    access = Access({name: SECRET})
    access.require()
    assert access.key == SECRET


def test_or_from_a_private_file(tmp_path):
    file = tmp_path / "qml" / "credentials.toml"
    file.parent.mkdir()
    file.write_text(f'ionq = "{SECRET}"\n')
    environ = {"XDG_CONFIG_HOME": str(tmp_path)}
    file.chmod(0o644)
    with pytest.raises(UsageError, match="can be read by others"):
        Access(environ).require()
    file.chmod(0o600)
    assert Access(environ).key == SECRET


def test_or_there_is_none():
    with pytest.raises(UsageError) as caught:
        Access({}).require()
    for way in ("IONQ_API_KEY", "keyring set qml ionq", "credentials.toml"):
        assert way in caught.value.hint


@pytest.mark.parametrize("key", [f" {SECRET}", f"{SECRET}\n", f"{SECRET}é", f"{SECRET} two"])
def test_what_cannot_be_a_key_is_not_sent_and_not_shown(key):
    access = Access({"IONQ_API_KEY": key})
    with pytest.raises(UsageError) as caught:
        access.require()
    assert SECRET not in f"{caught.value!r} {caught.value.hint}"
    assert SECRET not in repr(access)
