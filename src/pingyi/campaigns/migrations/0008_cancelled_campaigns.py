from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0007_namesakes_told_apart")]

    operations = [
        migrations.AlterField(
            model_name="campaign",
            name="state",
            field=models.CharField(
                choices=[("open", "Open"), ("closed", "Closed"), ("cancelled", "Cancelled")],
                default="open",
                max_length=10,
            ),
        ),
        migrations.RemoveConstraint(model_name="campaign", name="campaign_state_is_known"),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(state__in=["open", "closed", "cancelled"]),
                name="campaign_state_is_known",
            ),
        ),
    ]
