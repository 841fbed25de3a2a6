"""Slips that nobody would notice before the campaign is under way are named when a pack is read."""

import pytest

from pingyi.campaigns.doors import TABLE_MEASURES
from pingyi.campaigns.rules.reading import PackProblems, parse_pack
from tests.campaigns.test_contradictions import APPRAISAL, QUOTA, TABLE, THRESHOLD, WHOLE, found_in

FORM = "appraisal.forms.sheet"
SECOND = APPRAISAL[APPRAISAL.index("[[appraisal.forms]]") : APPRAISAL.index("[[appraisal.rates]]")]
ON_UNITS = WHOLE.replace('subject = "member"', 'subject = "organization"')
COUNTING = "[appraisal.counting]"
CHECK = '[[checks]]\ncode = "c"\nlabel = "c"\nlevel = "error"\nrelation = "equal"\n'
GRADES = '{ code = "x", label = "甲" }, { code = "y", label = "乙" }'


def with_(line: str, after: str = 'subject = "member"') -> str:
    assert after in WHOLE
    return WHOLE.replace(after, f"{after}\n{line}", 1)


def rationed(quotas: str) -> str:
    return with_(f'decision = {{ label = "等次", grades = [{GRADES}], quotas = [{quotas}] }}')


def put(right: str, wrong: str) -> str:
    assert right in WHOLE
    return WHOLE.replace(right, wrong, 1)


MISTAKES = {
    "a name of blanks": (put('name = "好"', 'name = "  "'), "name", "empty"),
    "a formula of blanks": (
        put('"是 ÷ 票"', '"\\u3000"'),
        "appraisal.rates.yes_rate.formula",
        "empty",
    ),
    "a sign that no database keeps": (
        put('name = "好"', 'name = "好\\u0000"'),
        "name",
        "control_sign",
    ),
    "a sign in a list": (put('["township"]', '["\\u0001"]'), "reporting_levels.#1", "control_sign"),
    "a round with a long name": (
        put('name = "年度"', f'name = "{"年" * 41}"'),
        "rounds.year.name",
        "too_long",
    ),
    "a deadline with a long name": (
        put('name = "报"', f'name = "{"报" * 101}"'),
        "deadlines.#1.name",
        "too_long",
    ),
    "a day of the year one": (
        put("opens_on = 2011", "opens_on = 0001"),
        "rounds.year.opens_on",
        "day_of_no_use",
    ),
    "a day that calendars end with": (
        put("due_on = 2011", "due_on = 9999"),
        "deadlines.#1.due_on",
        "day_of_no_use",
    ),
    "a notice after all is over": (
        put("issued_on = 2011", "issued_on = 2012"),
        "document.issued_on",
        "issued_after_all",
    ),
    "two ballots of one name": (
        WHOLE + SECOND.replace('"sheet"', '"other"'),
        "appraisal.forms",
        "label_twice",
    ),
    "two flags of one name": (
        WHOLE + THRESHOLD.replace('"low"', '"lower"'),
        "appraisal.flags",
        "label_twice",
    ),
    "two tables of one name": (WHOLE + TABLE.replace('"t"', '"u"'), "tables", "label_twice"),
    "an answer called void": (
        put('code = "no"', 'code = "void"'),
        f"{FORM}.options.void.code",
        "reserved",
    ),
    "an answer called abstained": (
        put('code = "no"', 'code = "abstained"'),
        f"{FORM}.options.abstained.code",
        "reserved",
    ),
    "a level twice on a ballot": (
        with_('units = { levels = ["county", "county"] }'),
        f"{FORM}.units.levels.county",
        "twice",
    ),
    "a unit twice": (with_('units = { codes = ["T1", "T1"] }'), f"{FORM}.units.codes.T1", "twice"),
    "a category twice": (
        with_('people = { categories = ["a", "a"] }'),
        f"{FORM}.people.categories.a",
        "twice",
    ),
    "somebody twice": (
        with_('people = { named = [{ unit = "T", name = "甲" }, { unit = "T", name = "甲" }] }'),
        f"{FORM}.people.named.T 甲",
        "twice",
    ),
    "room for opinions beside people": (
        with_('opinions_label = "意见"'),
        f"{FORM}.opinions_label",
        "units_only",
    ),
    "rectification beside people": (
        with_('rectification_label = "整改"'),
        f"{FORM}.rectification_label",
        "units_only",
    ),
    "a heading of names on a unit": (
        ON_UNITS.replace('name_label = "名"', 'name_label = "名"\nmember_label = "姓名"'),
        f"{FORM}.member_label",
        "members_only",
    ),
    "a unit that appraises itself": (
        ON_UNITS.replace(COUNTING, f"{COUNTING}\nself_vote = true"),
        "appraisal.counting.self_vote",
        "members_only",
    ),
    "a quota of nobody": (
        rationed('{ grade = "x", at_most = "0" }'),
        f"{FORM}.decision.quotas.#1.at_most",
        "quota_of_nothing",
    ),
    "a quota of all": (
        rationed('{ grade = "x", at_most = "100%" }'),
        f"{FORM}.decision.quotas.#1.at_most",
        "quota_of_nothing",
    ),
    "two quotas of a grade": (
        rationed('{ grade = "x", at_most = "1/2" }, { grade = "x", at_most = "1/3" }'),
        f"{FORM}.decision.quotas.x",
        "twice",
    ),
    "no grade is left": (
        rationed('{ grade = "x", at_most = "1/2" }, { grade = "y", at_most = "1/3" }'),
        f"{FORM}.decision.quotas",
        "quotas_leave_out",
    ),
    "more than all present": (
        put(COUNTING, f'{COUNTING}\nquorum = "1"'),
        "appraisal.counting.quorum",
        "quorum_of_more_than_all",
    ),
    "a rate of every answer": (
        put('of = ["yes"]', 'of = ["yes", "no"]\nover = "base"'),
        "appraisal.rates.yes_rate.of",
        "always_whole",
    ),
    "a threshold above all": (
        put('below = "2/3"', 'above = "100%"'),
        "appraisal.flags.low.above",
        "never_raised",
    ),
    "a quota flag of all": (
        put(THRESHOLD, f'{QUOTA}at_most = "1"\n'),
        "appraisal.flags.f.at_most",
        "never_raised",
    ),
    "a cell twice": (
        f'{WHOLE}{CHECK}left = ["t.r.a", "t.r.a"]\nright = ["t.r.b"]\n',
        "checks.c.left.t.r.a",
        "twice",
    ),
    "a cell on both sides": (
        f'{WHOLE}{CHECK}left = ["t.r.a"]\nright = ["t.r.b", "t.r.a"]\n',
        "checks.c",
        "on_both_sides",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_slip_is_named(name: str) -> None:
    text, key, code = MISTAKES[name]
    assert (key, code) in found_in(text)


@pytest.mark.parametrize("measure", ["members", "unknown"])
def test_a_round_in_vain_is_named(measure: str) -> None:
    row = 'measure = "members" }'
    text = put(row, f'measure = "{measure}", round = "year" }}')
    with pytest.raises(PackProblems) as found:
        parse_pack(text, measures=TABLE_MEASURES)
    codes = {problem.code for problem in found.value.problems}
    assert codes == {"no_round_here" if measure == "members" else "not_defined"}


@pytest.mark.parametrize(
    "text",
    [
        put('"是 ÷ 票"', '"是\\n÷ 票"'),
        put('of = ["yes"]', 'of = ["yes", "no"]\nover = "valid"'),
        rationed('{ grade = "x", at_most = "1/2" }, { grade = "y", at_most = "1/2" }'),
        put("issued_on = 2011-01-01", "issued_on = 2011-01-31"),
        put(COUNTING, f"{COUNTING}\nself_vote = true"),
        put('below = "2/3"', 'above = "100%"\ninclusive = true'),
    ],
)
def test_what_is_no_slip_is_taken(text: str) -> None:
    assert parse_pack(text, measures=TABLE_MEASURES).code == "good"


def test_a_wrong_shape_is_told_as_such() -> None:
    assert (f"{FORM}.units.codes", "not_a_list") in found_in(with_('units = { codes = "T1" }'))
    assert ("appraisal.counting", "missing") in found_in(put(f"{COUNTING}\n", ""))
