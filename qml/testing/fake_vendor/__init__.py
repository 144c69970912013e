"""A vendor that does not exist, as bad as vendors are: for tests of what must survive them.

`FakeAccount` is the vendor's side and outlives the process; `FakeRemote` is the client. What the
vendor does with the next submissions is scripted with `FakeReply`. `plugin` is its entry point.
"""

from qml.testing.fake_vendor.account import FakeAccount
from qml.testing.fake_vendor.backend import FakeRemote, fake_price
from qml.testing.fake_vendor.clock import FakeClock
from qml.testing.fake_vendor.plugin import plugin
from qml.testing.fake_vendor.reply import FakeReply

__all__ = ["FakeAccount", "FakeClock", "FakeRemote", "FakeReply", "fake_price", "plugin"]
