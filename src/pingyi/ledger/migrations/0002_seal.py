"""The database itself refuses to change or remove a line of the ledger (N10).

Tests that must empty the database between each other use the statements as well.
"""

from django.db import migrations

REFUSED = "a line of the ledger is never changed or removed"

SEAL = {
    "sqlite": [
        f"""
        CREATE TRIGGER ledger_entry_is_never_changed BEFORE UPDATE ON ledger_entry
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
        """,
        f"""
        CREATE TRIGGER ledger_entry_is_never_removed BEFORE DELETE ON ledger_entry
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
        """,
        # INSERT OR REPLACE removes a row without firing the trigger above.
        f"""
        CREATE TRIGGER ledger_entry_is_never_replaced BEFORE INSERT ON ledger_entry
        WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE seq = NEW.seq)
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
        """,
    ],
    "postgresql": [
        f"""
        CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        """
        CREATE TRIGGER ledger_entry_is_never_changed BEFORE UPDATE OR DELETE ON ledger_entry
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse()
        """,
        """
        CREATE TRIGGER ledger_entry_is_never_emptied BEFORE TRUNCATE ON ledger_entry
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()
        """,
    ],
}

UNSEAL = {
    "sqlite": [
        "DROP TRIGGER ledger_entry_is_never_changed",
        "DROP TRIGGER ledger_entry_is_never_removed",
        "DROP TRIGGER ledger_entry_is_never_replaced",
    ],
    "postgresql": [
        "DROP TRIGGER ledger_entry_is_never_changed ON ledger_entry",
        "DROP TRIGGER ledger_entry_is_never_emptied ON ledger_entry",
        "DROP FUNCTION ledger_refuse()",
    ],
}


def seal(apps, schema_editor):
    """Put the triggers on."""
    for statement in SEAL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unseal(apps, schema_editor):
    """Take the triggers off."""
    for statement in UNSEAL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunPython(seal, unseal)]
