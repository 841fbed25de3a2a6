"""A county that has outgrown SQLite goes to PostgreSQL by its backup, and could come back."""

from pathlib import Path

from django.db import connection

from pingyi.keeping.operations.restore import restore
from pingyi.keeping.operations.write import write
from pingyi.keeping.rules.values import forms, taken
from tests.cast import NOW
from tests.keeping.conftest import Place, all_rows, in_sqlite

KINDS = ["BooleanField", "DateTimeField", "JSONField", "UUIDField", "CharField"]
IN_SQLITE = [1, "2011-06-28 01:30:00.120000", '{"a": [1]}', "0f" * 16, "甲"]
IN_POSTGRESQL = [
    True, "2011-06-28T01:30:00.12+00:00", '{"a": [1]}', "0f0f0f0f-0f0f-0f0f-0f0f-0f0f0f0f0f0f",
    "甲",
]  # fmt: skip


def test_each_takes_what_the_other_stores() -> None:
    assert taken(IN_POSTGRESQL, forms("postgresql", "sqlite", KINDS)) == IN_SQLITE
    # PostgreSQL reads a UUID and JSON however they are written.
    assert taken(IN_SQLITE, forms("sqlite", "postgresql", KINDS)) == [
        True, "2011-06-28 01:30:00.120000+00:00", *IN_SQLITE[2:],
    ]  # fmt: skip
    assert taken([None] * 5, forms("postgresql", "sqlite", KINDS)) == [None] * 5
    assert not any(forms("sqlite", "sqlite", KINDS))


if connection.vendor == "postgresql":

    def test_a_county_goes_to_the_other_database_and_back(
        backup: Path, place: Place, tmp_path: Path
    ) -> None:
        was, back = all_rows(), tmp_path / "back.zip"
        with in_sqlite(tmp_path / "between") as between:
            assert between.does(lambda: restore(path=backup)).is_whole
            between.does(lambda: write(path=back, now=NOW))
        assert place.does(lambda: restore(path=back)).is_whole
        assert place.does(all_rows) == was
