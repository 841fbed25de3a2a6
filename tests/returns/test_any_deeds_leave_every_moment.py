"""A random sequence of deeds, looked at after each: all of it can be asked again at the end."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pingyi.campaigns.models import Round
from pingyi.core.refusals import Refusal
from pingyi.returns.queries import Moment
from tests.amending import HOUR
from tests.cast import NOW
from tests.ledger_last import Watch
from tests.returns.working import Asked, Work, asked, of_the_tree_then

BRANCHES = ["T1-1", "T1-2", "T1-3", "T2-1"]
PARENTS = ["X", "T1", "T2"]
KEYS = ["t1_secretary", "t1_leader", "village_secretary", "village_member", "village_probationer",
        "school_secretary", "school_member", "t2_village_secretary"]  # fmt: skip


def appraise(work: Work, code: str) -> None:
    work.begin(code)
    work.sign(code, "annex4")
    work.sign(code, "annex5")


def correct(work: Work) -> None:
    work.reopen(1)
    work.sign("T1-1", "annex5")


def come_back(work: Work, key: str, code: str) -> None:
    work.remove_person(key)
    work.add_person(key, code)


# Who, a branch, and a township or the county.
MANY: dict[str, Callable[[Work, str, str, str], Any]] = {
    "review a person": lambda w, key, *_: w.review("county_leader", participant=w.person(key)),
    "review a branch": lambda w, _k, code, _p: w.review("t1_leader", unit=w.unit(code)),
    "withdraw": lambda w, key, *_: w.withdraw(KEYS.index(key)),
    "begin": lambda w, _k, code, _p: w.begin(code),
    "appraise": lambda w, _k, code, _p: appraise(w, code),
    "reopen": lambda w, key, *_: w.reopen(KEYS.index(key)),
    "correct": lambda w, *_: correct(w),
    "move a person": lambda w, key, code, _p: w.move_person(key, code),
    "come back": lambda w, key, code, _p: come_back(w, key, code),
    "remove a person": lambda w, key, *_: w.remove_person(key),
    "move a branch": lambda w, _k, code, parent: w.move(code, parent),
    "move a township": lambda w, *_: w.move("T2", "T1"),
    "add a branch": lambda w, _k, _c, parent: w.add("N", parent),
    "remove a branch": lambda w, *_: w.remove("N"),
    "next round": lambda w, key, *_: w.next_round() if key in KEYS[:3] else None,
}
ABOUT = st.tuples(*map(st.sampled_from, (KEYS, BRANCHES, PARENTS)))
# Every deed once, in any order.
SEQUENCES = st.tuples(
    st.permutations(sorted(MANY)), st.lists(ABOUT, min_size=len(MANY), max_size=len(MANY))
)


# An example does and asks a lot: the first that fails is told as it is, none shorter is sought.
@settings(
    max_examples=5,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(sequence=SEQUENCES)
def test_after_any_deeds_every_moment_of_them_can_be_asked_again(
    sequence: tuple[list[str], list[tuple[str, str, str]]],
    work: Work,
    appraised: Round,
    another_round: Round,
    watch: Watch,
) -> None:
    rounds = (appraised, another_round)
    with transaction.atomic():
        seen: dict[datetime, Asked] = {NOW: {r.code: asked(Moment(r)) for r in rounds}}
        for hour, (name, about) in enumerate(zip(*sequence, strict=True), start=1):
            work.given["now"] = NOW + hour * HOUR
            try:
                with transaction.atomic():
                    MANY[name](work, *about)
            except (Refusal, ObjectDoesNotExist, ZeroDivisionError):
                continue  # what cannot be done changes nothing
            seen[NOW + hour * HOUR] = {r.code: asked(Moment(r)) for r in rounds}
        last = list(seen.values())[-1]
        for moment, found in seen.items():
            for round_ in rounds:
                then = of_the_tree_then(last[round_.code], found[round_.code])
                assert asked(Moment(round_, moment)) == then
        transaction.set_rollback(True)
    # All these deeds stand in one transaction, which is that of no deed.
    watch.forget()
