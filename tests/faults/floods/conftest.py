"""What the tests of floods share: what the log says (`written`)."""

from tests.faults.disk.life import written

__all__ = ["written"]
