from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_seal")]

    operations = [
        migrations.AddField("entry", "account", models.BigIntegerField(blank=True, null=True)),
        migrations.AddField("body", "rows", models.TextField(blank=True)),
    ]
