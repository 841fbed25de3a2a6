"""Who is judged, counted apart and decided about, said in a way that cannot be, is named."""

import pytest

from tests.campaigns.test_contradictions import WHOLE, found_in

DECISION = (
    'decision = { label = "等次", grades = [{ code = "a", label = "甲" }, '
    '{ code = "b", label = "乙" }], quotas = [{ grade = '
)

MISTAKES = [
    (
        "a quota of no grade",
        'subject = "member"',
        f'subject = "member"\n{DECISION}"c", at_most = "1/3" }}] }}',
        "appraisal.forms.sheet.decision.quotas.#1.grade",
        "not_defined",
    ),
    (
        "a quota of grades beyond all",
        'subject = "member"',
        f'subject = "member"\n{DECISION}"a", at_most = "3" }}] }}',
        "appraisal.forms.sheet.decision.quotas.#1.at_most",
        "no_share",
    ),
    (
        "a quota of grades of a unit",
        'subject = "member"',
        f'subject = "organization"\n{DECISION}"a", at_most = "1/3" }}] }}',
        "appraisal.forms.sheet.decision.quotas.#1",
        "members_only",
    ),
    (
        "two grades of one name",
        'subject = "member"',
        'subject = "member"\n' + DECISION.replace("乙", "甲") + '"a", at_most = "1/3" }] }',
        "appraisal.forms.sheet.decision.grades",
        "label_twice",
    ),
    (
        "nobody chosen",
        'subject = "member"',
        'subject = "member"\nunits = {}',
        "appraisal.forms.sheet.units",
        "selects_nothing",
    ),
    (
        "people on a unit's ballot",
        'subject = "member"',
        'subject = "organization"\npeople = { categories = ["township_leader"] }',
        "appraisal.forms.sheet.people",
        "members_only",
    ),
    (
        "people and full members",
        'subject = "member"',
        'subject = "member"\ngraded = "full"\npeople = { categories = ["township_leader"] }',
        "appraisal.forms.sheet.graded",
        "people_say_who",
    ),
    (
        "people by no mark",
        'subject = "member"',
        'subject = "member"\npeople = {}',
        "appraisal.forms.sheet.people",
        "categories_or_named",
    ),
    (
        "people by two marks",
        'subject = "member"',
        'subject = "member"\npeople = {categories = ["a"], named = [{unit = "T", name = "x"}]}',
        "appraisal.forms.sheet.people",
        "categories_or_named",
    ),
]


@pytest.mark.parametrize(
    ("right", "wrong", "key", "code"),
    [case[1:] for case in MISTAKES],
    ids=[case[0] for case in MISTAKES],
)
def test_a_contradiction_is_named(right: str, wrong: str, key: str, code: str) -> None:
    assert right in WHOLE
    assert (key, code) in found_in(WHOLE.replace(right, wrong, 1))
