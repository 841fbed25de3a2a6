"""The access log, which the database keeps for half a year.

Tests that must empty the database between each other use the statements as well.
"""


import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


REFUSED = "a line of the access log is never changed, nor removed within half a year"

SEAL = {
    "sqlite": [
        f"""
        CREATE TRIGGER access_is_never_changed BEFORE UPDATE ON accounts_access
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
        """,
        f"""
        CREATE TRIGGER access_is_kept_half_a_year BEFORE DELETE ON accounts_access
        WHEN julianday(OLD.done_at) > julianday('now', '-184 days')
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
        """,
        # INSERT OR REPLACE removes a row without firing the trigger above.
        f"""
        CREATE TRIGGER access_is_never_replaced BEFORE INSERT ON accounts_access
        WHEN EXISTS (SELECT 1 FROM accounts_access WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
        """,
    ],
    "postgresql": [
        f"""
        CREATE FUNCTION access_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' AND OLD.done_at <= now() - interval '184 days' THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        """
        CREATE TRIGGER access_is_never_changed BEFORE UPDATE OR DELETE ON accounts_access
        FOR EACH ROW EXECUTE FUNCTION access_refuse()
        """,
        """
        CREATE FUNCTION access_refuse_all() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the access log is never emptied'
            USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        """
        CREATE TRIGGER access_is_never_emptied BEFORE TRUNCATE ON accounts_access
        FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_all()
        """,
    ],
}

UNSEAL = {
    "sqlite": [
        "DROP TRIGGER access_is_never_changed",
        "DROP TRIGGER access_is_kept_half_a_year",
        "DROP TRIGGER access_is_never_replaced",
    ],
    "postgresql": [
        "DROP TRIGGER access_is_never_changed ON accounts_access",
        "DROP TRIGGER access_is_never_emptied ON accounts_access",
        "DROP FUNCTION access_refuse()",
        "DROP FUNCTION access_refuse_all()",
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

    dependencies = [
        ('accounts', '0003_proposals'),
    ]

    operations = [
        migrations.CreateModel(
            name='Access',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('signed_in', 'Signed in'), ('password_refused', 'Sign-in refused: name or password'), ('code_refused', 'Sign-in refused: one-time code'), ('signed_out', 'Signed out'), ('role_given', 'Role given'), ('role_ended', 'Role ended'), ('file_taken', 'File downloaded')], max_length=20)),
                ('done_at', models.DateTimeField(db_index=True)),
                ('address', models.GenericIPAddressField(null=True)),
                ('told', models.CharField(blank=True, max_length=200)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-done_at', '-pk'],
                'indexes': [models.Index(fields=['account', 'done_at'], name='access_of_account')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['signed_in', 'password_refused', 'code_refused', 'signed_out', 'role_given', 'role_ended', 'file_taken'])), name='access_kind_is_known')],
            },
        ),
        migrations.RunPython(seal, unseal),
    ]
