"""Boxes in the database, open, with slips whose codes are known."""

from collections.abc import Callable

import pytest
from django.db import connections

from pingyi.ballots.enums import BoxDeed
from pingyi.ballots.operations import life
from pingyi.ballots.operations.life import new_box_id
from pingyi.ballots.queries.boxes import sealed
from pingyi.ballots.rules.slips import key_of, public_bytes
from tests.ballots import boxes

OpenBox = Callable[..., boxes.Box]


@pytest.fixture(autouse=True)
def _no_box_is_remembered():
    sealed.cache_clear()
    yield
    sealed.cache_clear()


@pytest.fixture
def quick_ballots(request: pytest.FixtureRequest) -> None:
    """The disk is not waited for with every ballot: what lies in the file is the same."""
    request.getfixturevalue("_django_db_helper")
    with connections["ballots"].cursor() as cursor:
        if cursor.db.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def open_box() -> OpenBox:
    """Make a box of the database with its slips; open unless told otherwise."""

    def make(box: boxes.Box | None = None, *, is_open: bool = True) -> boxes.Box:
        box = box or boxes.Box()
        box.id = new_box_id()
        keys = (public_bytes(key_of(code, box.id)) for code in box.codes)
        box.manifest = life.prepare(
            box=box.id,
            title="Vote",
            form=box.form,
            roll=box.slips,
            k=10,
            slip_keys=keys,
            **box.settings,
        )
        if is_open:
            life.move(box=box.id, deed=BoxDeed.OPEN)
        return box

    return make
