"""Loads sectors and leader categories from classification.toml, so that no register is without."""

import tomllib
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).parent.parent / "classification.toml"


def load(apps, schema_editor):
    """Rows of the file by their code; the place in the file is the position."""
    stated = tomllib.loads(FILE.read_text(encoding="utf-8"))
    for kind, model in (("sector", "Sector"), ("post_category", "PostCategory")):
        rows = apps.get_model("organizations", model).objects
        for position, row in enumerate(stated[kind], start=1):
            rows.update_or_create(code=row.pop("code"), defaults={**row, "position": position})


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
