"""SQLite makes the table anew, and loses the triggers with the old one: they are put on again."""

from importlib import import_module

from django.db import migrations, models

of_the_log = import_module('pingyi.accounts.migrations.0004_access')


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_proposed_links'),
    ]

    operations = [
        migrations.RunPython(of_the_log.unseal, of_the_log.seal),
        migrations.RemoveConstraint(
            model_name='access',
            name='access_kind_is_known',
        ),
        migrations.AlterField(
            model_name='access',
            name='kind',
            field=models.CharField(choices=[('signed_in', 'Signed in'), ('password_refused', 'Sign-in refused: name or password'), ('code_refused', 'Sign-in refused: one-time code'), ('signed_out', 'Signed out'), ('role_given', 'Role given'), ('role_ended', 'Role ended'), ('password_set', 'Password set by the office'), ('first_code_made', 'Password void, first code made'), ('file_taken', 'File downloaded')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='access',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['signed_in', 'password_refused', 'code_refused', 'signed_out', 'role_given', 'role_ended', 'password_set', 'first_code_made', 'file_taken'])), name='access_kind_is_known'),
        ),
        migrations.RunPython(of_the_log.seal, of_the_log.unseal),
    ]
