"""A door for the tests: bytes in, previewed import out."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pingyi.organizations.models import Organization
from pingyi.rosters import operations
from pingyi.rosters.models import RosterImport
from tests.cast import NOW
from tests.rosters.workbook import Sheets, workbook

EFFECTIVE = date(2011, 6, 1)
Door = Callable[..., RosterImport]


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def preview(db: None) -> Door:
    """Upload a workbook (or bytes) and preview it from the command line's side."""

    def door(what: Sheets | bytes, **options: Any) -> RosterImport:
        scope = options.pop("scope", None)
        if isinstance(scope, str):
            scope = Organization.objects.get(code=scope)
        made = operations.upload_roster(
            content=what if isinstance(what, bytes) else workbook(what),
            filename=options.pop("filename", "roster.xlsx"),
            scope=scope,
            effective_on=options.pop("effective_on", EFFECTIVE),
            by=options.pop("by", None),
            now=NOW,
            **options,
        )
        return RosterImport.objects.get(pk=made.pk)

    return door


@pytest.fixture
def apply(preview: Door) -> Door:
    """Upload, preview and apply."""

    def door(what: Sheets | bytes, **options: Any) -> RosterImport:
        really = options.pop("really", False)
        made = preview(what, **options)
        assert not made.errors
        operations.apply_roster(roster_import=made, by=None, now=NOW, really=really)
        return RosterImport.objects.get(pk=made.pk)

    return door
