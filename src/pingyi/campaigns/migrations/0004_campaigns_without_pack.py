from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_pack_copies")]

    operations = [
        # Read back, the column is filled in by the migration before.
        migrations.AlterField("campaign", "pack", models.JSONField(default=dict)),
        migrations.RemoveField("campaign", "pack"),
    ]
