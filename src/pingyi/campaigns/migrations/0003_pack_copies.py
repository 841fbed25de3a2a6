import django.db.models.deletion
from django.db import migrations, models


def copy(apps, schema_editor):
    for campaign in apps.get_model("campaigns", "Campaign").objects.all():
        apps.get_model("campaigns", "PackCopy").objects.create(
            campaign=campaign, content=campaign.pack
        )


def copy_back(apps, schema_editor):
    for pack in apps.get_model("campaigns", "PackCopy").objects.select_related("campaign"):
        pack.campaign.pack = pack.content
        pack.campaign.save()


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_members_by_unit")]

    operations = [
        migrations.CreateModel(
            name="PackCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.JSONField()),
                (
                    "campaign",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pack_copy",
                        to="campaigns.campaign",
                    ),
                ),
            ],
            options={"ordering": ["campaign_id"]},
        ),
        migrations.RunPython(copy, copy_back),
    ]
