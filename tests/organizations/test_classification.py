"""Sectors and leader categories are there from the first migration on."""

from importlib import import_module

from django.apps import apps

from pingyi.organizations.models import PostCategory, Sector

migration = import_module("pingyi.organizations.migrations.0002_classification")


def test_the_classification_is_there_and_loading_it_again_changes_nothing(db: None) -> None:
    before = [*Sector.objects.values_list(), *PostCategory.objects.values_list()]
    migration.load(apps, None)
    assert before == [*Sector.objects.values_list(), *PostCategory.objects.values_list()]
    assert (Sector.objects.count(), PostCategory.objects.count()) == (12, 14)


def test_what_was_changed_is_brought_in_line(db: None) -> None:
    Sector.objects.filter(code="rural").update(name="乡村")
    PostCategory.objects.filter(code="county_standing").delete()
    migration.load(apps, None)
    assert Sector.objects.get(code="rural").name == "农村"
    assert PostCategory.objects.filter(code="county_standing").exists()
