"""Failures to sign in are counted by us; the tables of django-axes, which did it before, go."""

from django.db import migrations, models

FORMER = ["accessattemptexpiration", "accessattempt", "accessfailurelog", "accesslog"]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="FailedTries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80, unique=True)),
                ("count", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField(db_index=True, null=True)),
            ],
        ),
        *(migrations.RunSQL(f"DROP TABLE IF EXISTS axes_{name}", "") for name in FORMER),
        migrations.RunSQL("DELETE FROM django_migrations WHERE app = 'axes'", ""),
    ]
