"""Strata counted apart: weights that are no whole, and what needs one box, are named."""

import pytest

from pingyi.campaigns.doors import TABLE_MEASURES
from pingyi.campaigns.rules.reading import PackProblems, parse_pack
from tests.campaigns.test_contradictions import QUOTA, TABLE, WHOLE

APART = WHOLE.replace("[appraisal.counting]", "[appraisal.counting]\napart = true")


@pytest.mark.parametrize(
    ("weights", "more", "problems"),
    [
        (("1/2", "1/2"), "", []),
        (("", ""), f'{QUOTA}at_most = "1/3"\n', []),
        (("1/2", ""), "", [("appraisal.strata", "weights_make_no_whole")]),
        (("1/2", "1/3"), "", [("appraisal.strata", "weights_make_no_whole")]),
        (("1", "0"), "", [("appraisal.strata", "weights_make_no_whole")]),
        (("1", "x"), "", [("appraisal.strata.b.weight", "not_a_fraction")]),
        (
            ("1/2", "1/2"),
            f'{QUOTA}at_most = "1/3"\n',
            [],
        ),
        (
            ("", ""),
            TABLE.replace('"members"', '"members_appraised"')
            .replace('"t"', '"u"')
            .replace('"一"', '"二"'),
            [],
        ),
    ],
)
def test_strata_counted_apart_contradict_nothing(
    weights: tuple[str, str], more: str, problems: list[tuple[str, str]]
) -> None:
    strata = ", ".join(
        f'{{ code = "{code}", label = "{code}"' + (f', weight = "{weight}" }}' if weight else " }")
        for code, weight in zip("ab", weights, strict=True)
    )
    text = APART.replace("strata = []", f"strata = [{strata}]") + more
    try:
        parse_pack(text, measures=TABLE_MEASURES)
        found = []
    except PackProblems as error:
        found = [(problem.key, problem.code) for problem in error.problems]
    assert found == problems
