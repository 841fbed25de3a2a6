from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0006_campaigns_in_one_order")]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="told_apart",
            field=models.CharField(blank=True, max_length=10, default=""),
            preserve_default=False,
        ),
    ]
