"""Keys come from the environment, the keyring or a private file, in this order, and go nowhere."""

import stat

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError, PasswordDeleteError

from qml import credentials
from qml.errors import UsageError

NAMES = ("VENDOR_API_KEY", "VENDOR_TOKEN")


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        raise PasswordDeleteError


class Locked(Ring):
    """A system without one."""

    def get_password(self, service, username):
        raise NoKeyringError

    def set_password(self, service, username, password):
        raise NoKeyringError("no keyring here")


@pytest.fixture(autouse=True)
def _forget(monkeypatch):
    monkeypatch.setattr(credentials, "_known", set())


@pytest.fixture
def ring():
    before, mine = keyring.get_keyring(), Ring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


@pytest.fixture
def locked(ring):
    keyring.set_keyring(Locked())


@pytest.fixture
def home(tmp_path):
    return {"HOME": str(tmp_path)}


def write(environ, text, mode=0o600):
    path = credentials.file_of(environ)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return path


def test_there_may_be_none(locked, home):
    assert credentials.find("vendor", NAMES, {}) is None
    assert credentials.find("vendor", NAMES, home) is None
    assert credentials.known() == frozenset()


def test_the_environment_wins_then_the_keyring_then_the_file(ring, home):
    write(home, 'vendor = "from-file"')
    assert credentials.find("vendor", NAMES, home) == "from-file"
    credentials.store("vendor", "from-ring")
    assert credentials.find("vendor", NAMES, home) == "from-ring"
    second = {**home, "VENDOR_API_KEY": "", "VENDOR_TOKEN": "second"}
    assert credentials.find("vendor", NAMES, second) == "second"
    first = {**second, "VENDOR_API_KEY": "first"}
    assert credentials.find("vendor", NAMES, first) == "first"
    assert credentials.find("other", NAMES, home) is None


def test_what_was_found_or_stored_is_known_to_the_scrubber(ring, home):
    credentials.store("vendor", "stored")
    credentials.find("vendor", NAMES, {"VENDOR_TOKEN": "found"})
    assert credentials.known() == {"stored", "found"}


def test_the_process_environment_is_not_looked_at(locked, monkeypatch):
    monkeypatch.setenv("VENDOR_API_KEY", "of the process")
    assert credentials.find("vendor", NAMES, {}) is None


def test_a_locked_keyring_is_passed_by_and_cannot_store(locked, home):
    write(home, 'vendor = "from-file"')
    assert credentials.find("vendor", NAMES, home) == "from-file"
    with pytest.raises(UsageError, match="cannot be stored") as caught:
        credentials.store("vendor", "sk-secret")
    assert "mode 600" in caught.value.hint
    assert "sk-secret" not in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o601])
def test_a_file_that_others_may_open_is_not_used(locked, home, mode):
    path = write(home, 'vendor = "sk-secret"', mode)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    with pytest.raises(UsageError, match="can be read by others") as caught:
        credentials.find("vendor", NAMES, home)
    assert caught.value.hint == f"chmod 600 {path}"


@pytest.mark.parametrize(
    "text", ['vendor = "sk-secret', "vendor = sk-secret", b"\xff\xfe", "vendor = 7"]
)
def test_a_damaged_file_is_refused_without_showing_it(locked, home, text):
    write(home, text)
    with pytest.raises(UsageError) as caught:
        credentials.find("vendor", NAMES, home)
    assert "sk-secret" not in f"{caught.value} {caught.value.hint}"


def test_the_file_lies_where_settings_lie():
    assert str(credentials.file_of({"XDG_CONFIG_HOME": "/x"})) == "/x/qml/credentials.toml"
    assert str(credentials.file_of({"HOME": "/h"})) == "/h/.config/qml/credentials.toml"
    assert credentials.file_of({}) is None
