"""Each mechanism that keeps a promise, how it is switched off, and the tests that must fail then.

The texts are those of the code as it stands: a row whose text isn't there any more fails, so that none is forgotten.
"""

from typing import Final

from tests.faults.sabotage.rows import alerts, lent, letters, on_disk, once, updates
from tests.faults.sabotage.rows.row import Edit, Row

ROWS: Final[tuple[Row, ...]] = (
    *on_disk.ROWS,
    *updates.ROWS,
    *once.ROWS,
    *alerts.ROWS,
    *letters.ROWS,
    *lent.ROWS,
)

__all__ = ["ROWS", "Edit", "Row"]
