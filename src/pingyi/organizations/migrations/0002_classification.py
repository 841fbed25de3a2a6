"""Loads sectors and leader categories from classification.toml, so that no register is without."""

from pathlib import Path

from django.db import migrations

from pingyi.organizations.rules.classification import parse_classification

FILE = Path(__file__).parent.parent / "classification.toml"


def load(apps, schema_editor):
    stated = parse_classification(FILE.read_text(encoding="utf-8"))
    sector = apps.get_model("organizations", "Sector")
    for row in stated.sectors:
        sector.objects.update_or_create(
            code=row.code, defaults={"name": row.name, "position": row.position}
        )
    category = apps.get_model("organizations", "PostCategory")
    for row in stated.post_categories:
        category.objects.update_or_create(
            code=row.code, defaults={"name": row.name, "role": row.role, "position": row.position}
        )


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
