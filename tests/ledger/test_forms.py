"""What is hashed of a row is what is stored, in the one form in which the program writes it."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from pingyi.ledger import rules

SQLITE, POSTGRESQL = rules.FORMS["sqlite"], rules.FORMS["postgresql"]
COLUMNS = [
    rules.Column(name, form)
    for name, form in [
        ("at", SQLITE["DateTimeField"]),
        ("facts", rules.empty_as(SQLITE["JSONField"], {})),
        ("is_so", SQLITE["BooleanField"]),
        ("name", SQLITE["CharField"]),
        ("number", SQLITE["IntegerField"]),
        ("on", SQLITE["DateField"]),
    ]
]
STORED = ["2011-06-28 00:00:00", '{"b": 1, "a": []}', 1, '示"范', 0, "2011-06-28"]


def test_a_row_is_the_json_of_what_is_in_it():
    text = (
        '{"at":"2011-06-28T00:00:00.000000Z","facts":{"a":[],"b":1},"is_so":true,'
        '"name":"示\\"范","number":0,"on":"2011-06-28"}'
    )
    assert json.loads(text)["name"] == '示"范'
    assert rules.row_hash(COLUMNS, STORED) == sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        ("DateTimeField", "2011-06-28T08:00:00+08:00"),
        ("JSONField", '{"a":[],  "b":1}'),
        ("BooleanField", True),
        ("CharField", '示"范'),
        ("DateField", "2011-06-28"),
    ],
)
def test_the_hash_is_the_same_on_both_databases(kind, stored):
    own = {"DateTimeField": 0, "JSONField": 1, "BooleanField": 2, "CharField": 3, "DateField": 5}
    assert POSTGRESQL[kind](stored) == COLUMNS[own[kind]][1](STORED[own[kind]])


def test_a_column_that_came_later_and_is_empty_everywhere_leaves_hashes_as_they_are():
    before = rules.row_hash(COLUMNS[3:4], ["甲"])
    for later, empty in [
        (rules.Column("later", SQLITE["DateField"], is_nullable=True), None),
        (rules.Column("later", SQLITE["CharField"]), ""),
        (rules.Column("later", SQLITE["BooleanField"]), 0),
        (rules.Column("later", rules.empty_as(SQLITE["JSONField"], [])), "[]"),
        (rules.Column("later", rules.empty_as(SQLITE["JSONField"], {})), "{}"),
        (rules.Column("later", rules.empty_as(SQLITE["JSONField"], None)), "null"),
    ]:
        assert rules.row_hash([*COLUMNS[3:4], later], ["甲", empty]) == before
    zero = rules.Column("later", SQLITE["IntegerField"])
    assert rules.row_hash([*COLUMNS[3:4], zero], ["甲", 0]) != before


def test_moments_are_told_to_the_microsecond_in_both():
    at = datetime(2011, 6, 28, 1, 30, 0, 120000, tzinfo=UTC)
    assert rules.MOMENT_OF["sqlite"]("2011-06-28 01:30:00.120000") == at
    assert rules.MOMENT_OF["postgresql"]("2011-06-28T09:30:00.12+08:00") == at


ODD = [None, "x", b"x", " ", 0.5, float("inf"), "\ud800", "\udcff"]
NESTED = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        (SQLITE["IntegerField"], [*ODD, "1", True]),
        (SQLITE["BooleanField"], [*ODD, 2, -1, "1", 1.0]),
        (SQLITE["CharField"], [None, b"x", 0, 0.5, "\ud800", "\udcff"]),
        (SQLITE["DateField"], [*ODD, "20110628", 20110628, "2011-06-28 00:00:00", "2011-W26-2"]),
        (
            SQLITE["DateTimeField"],
            [
                *ODD, "2011-06-28", "2011-06-28T01:30:00", "2011-06-28 01:30:00+00:00",
                "2011-06-28 01:30", "2011-06-28 01:30:00.000000", "2011-06-28 01:30:00 ",
            ],
        ),
        (
            rules.empty_as(SQLITE["JSONField"], []),
            [
                *ODD, "{}", "null", "false", '""', "[] ", b"[]", "", "[1,2]", '{"a": 1, "a": 1}',
                "NaN", "Infinity", "1e2", '"\\ud800"', NESTED, "9" * 5_000,
            ],
        ),
        (
            POSTGRESQL["DateTimeField"],
            [
                None, "infinity", "-infinity", "20000-01-01T00:00:00+00:00",
                "0044-03-15T00:00:00+00:00 BC", "2011-06-28T01:30:00",
            ],
        ),
        (
            POSTGRESQL["DateField"],
            [None, "infinity", "-infinity", "20000-01-01", "0044-03-15 BC"],
        ),
        (rules.empty_as(POSTGRESQL["JSONField"], {}), ["[]", "null", "false", '""', NESTED]),
    ],
)  # fmt: skip
def test_what_is_in_no_form_has_no_hash(form, wrong):
    hashes = [rules.row_hash([rules.Column("column", form)], [each]) for each in wrong]
    assert hashes == [rules.NO_FORM] * len(wrong)


@pytest.mark.parametrize("kind", ["CharField", "DateField", "IntegerField", "DateTimeField"])
def test_where_nothing_is_null_no_other_value_is_empty(kind):
    column = rules.Column("column", SQLITE[kind], is_nullable=True)
    hashes = [rules.row_hash([column], [each]) for each in (None, "", b"", 0.5)]
    assert hashes == [sha256(b"{}").hexdigest(), *[rules.NO_FORM] * 3]
