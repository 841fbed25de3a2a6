from django.db import migrations, models


def forget_those_without(apps, schema_editor):
    """A count without a moment keeps nobody waiting."""
    apps.get_model('accounts', 'FailedTries').objects.filter(last_at__isnull=True).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_access'),
    ]

    operations = [
        migrations.RunPython(forget_those_without, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='failedtries',
            name='last_at',
            field=models.DateTimeField(db_index=True),
        ),
    ]
