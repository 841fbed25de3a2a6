"""Does the database itself refuse to change a line (migration 0002)?"""

from django.db import connection
from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry

TRIGGERS = {
    "sqlite": {
        "ledger_entry_is_never_changed",
        "ledger_entry_is_never_removed",
        "ledger_entry_is_never_replaced",
    },
    "postgresql": {"ledger_entry_is_never_changed", "ledger_entry_is_never_emptied"},
}
ASKED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'"
    ),
}


def why_not_sealed() -> Refusal | None:
    """Why lines of the ledger could be changed or removed without anybody being refused."""
    missing = missing_triggers(Entry._meta.db_table, TRIGGERS[connection.vendor])
    if not missing:
        return None
    return Refusal(
        _("Triggers that keep lines of the ledger from being changed are missing: %(names)s.")
        % {"names": ", ".join(missing)},
        code="not_sealed",
    )


def missing_triggers(table: str, wanted: set[str]) -> list[str]:
    """Those of the triggers that a table does not have, or has switched off."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED[connection.vendor], [table])
        return sorted(wanted - {name for (name,) in cursor.fetchall()})
