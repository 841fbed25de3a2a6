"""What the database of the ballots can hold at all, and what its rows tell of an order."""

import re

import pytest
from django.apps import apps
from django.db import connections, models

from pingyi.ballots.operations import casting
from tests.ballots.boxes import Box, filled_in

pytestmark = pytest.mark.django_db(databases=["ballots"])
MODELS = list(apps.get_app_config("ballots").get_models())
TIMES = (models.DateField, models.TimeField, models.DurationField)
COUNTS_UP = (models.AutoField, models.BigAutoField, models.SmallAutoField)


@pytest.mark.parametrize(
    "field",
    [field for model in MODELS for field in model._meta.get_fields()],
    ids=str,
)
def test_no_column_is_a_day_counts_up_or_refers_to_a_person(field):
    assert not isinstance(field, (*TIMES, *COUNTS_UP))
    if field.is_relation:
        assert field.related_model in MODELS


def test_the_database_has_the_tables_of_this_room_alone():
    """Beside them only what migrating notes: on which day tables were made."""
    connection = connections["ballots"]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))

    assert tables == {model._meta.db_table for model in MODELS} | {"django_migrations"}


def test_rows_are_as_many_before_a_ballot_as_after_it(open_box):
    """So no row, no place of one and no transaction is that of a ballot."""
    box = open_box(Box(slips=100))

    def rows():
        with connections["ballots"].cursor() as cursor:
            cursor.execute("SELECT kind, place FROM ballots_bundle WHERE box_id = %s", [box.id])
            return sorted(cursor.fetchall())

    before = rows()
    for slip in range(20):
        ballot = box.ballot(slip, filled_in(box))
        casting.cast(box=box.id, core=ballot.core.text, signature=ballot.signature)

    assert rows() == before
    assert len(before) == 8


def test_a_ballot_that_fails_is_in_no_log(open_box, client, caplog, monkeypatch):
    box = open_box()
    ballot = box.ballot(0, filled_in(box, "poor"))
    monkeypatch.setattr(casting, "_write_into", lambda *_given: 1 / 0)
    client.raise_request_exception = False

    body = b"\n".join([ballot.core.text, b"A" * 86, b"", b""])
    wrong = client.post(f"/box/{box.id}/cast", body, content_type="text/plain")
    code = {"code": box.codes[0], "a-0-0": "poor", "step": "cast"}
    broken = client.post(f"/box/{box.id}/", code, REMOTE_ADDR="10.9.8.7", HTTP_USER_AGENT="Phone")

    assert (wrong.status_code, broken.status_code) == (400, 500)
    told = caplog.text
    assert "ZeroDivisionError" in told
    for secret in ("poor", "10.9.8.7", "Phone", box.codes[0], box.codes[0].replace("-", "")):
        assert secret not in told
    assert not re.search(r'"answers"|"vk"', told)
