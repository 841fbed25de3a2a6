"""A random sequence of deeds, looked at after each: all of it can be asked again at the end."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pingyi.campaigns.models import Round
from pingyi.core.refusals import Refusal
from pingyi.returns.queries import Moment
from tests.amending import HOUR
from tests.cast import NOW
from tests.returns.working import Asked, Work, asked, of_the_tree_then

BRANCHES = ["T1-1", "T1-2", "T1-3", "T2-1", "N"]
PLACES = ["X", "T1", "T2", *BRANCHES]
KEYS = ["t1_secretary", "t1_leader", "village_secretary", "village_member", "village_probationer",
        "school_secretary", "school_member", "t2_village_secretary"]  # fmt: skip
MANY: dict[str, Callable[[Work, str, str, str], Any]] = {
    "review a person": lambda w, key, other, _: w.review(key, participant=w.person(other)),
    "review a branch": lambda w, key, _, code: w.review(key, unit=w.unit(code)),
    "withdraw": lambda w, key, *_: w.withdraw(KEYS.index(key)),
    "begin": lambda w, _key, _other, code: w.begin(code),
    "sign for a branch": lambda w, _key, _other, code: w.sign(code, "annex4"),
    "sign for members": lambda w, _key, _other, code: w.sign(code, "annex5"),
    "reopen": lambda w, key, *_: w.reopen(KEYS.index(key)),
    "move a person": lambda w, key, _other, code: w.move_person(key, code),
    "add a person": lambda w, key, _other, code: w.add_person(key, code),
    "remove a person": lambda w, key, *_: w.remove_person(key),
    "move a unit": lambda w, key, _other, code: w.move(code, PLACES[KEYS.index(key) % 3]),
    "add a unit": lambda w, _key, _other, code: w.add("N", code),
    "remove a unit": lambda w, _key, _other, code: w.remove(code),
    "next round": lambda w, *_: w.next_round(),
}
SEQUENCES = st.lists(
    st.tuples(
        st.sampled_from(sorted(MANY)),
        st.sampled_from(KEYS), st.sampled_from(KEYS), st.sampled_from(PLACES),
    ),
    min_size=3, max_size=8,
)  # fmt: skip


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(sequence=SEQUENCES)
def test_after_any_deeds_every_moment_of_them_can_be_asked_again(
    sequence: list[tuple[str, str, str, str]],
    work: Work,
    appraised: Round,
    another_round: Round,
) -> None:
    rounds = (appraised, another_round)
    with transaction.atomic():
        seen: dict[datetime, Asked] = {NOW: {r.code: asked(Moment(r)) for r in rounds}}
        for hour, (name, key, other, code) in enumerate(sequence, start=1):
            work.given["now"] = NOW + hour * HOUR
            try:
                with transaction.atomic():
                    MANY[name](work, key, other, code)
            except (Refusal, ObjectDoesNotExist, ZeroDivisionError):
                continue  # what cannot be done changes nothing
            seen[NOW + hour * HOUR] = {r.code: asked(Moment(r)) for r in rounds}
        last = list(seen.values())[-1]
        for moment, found in seen.items():
            for round_ in rounds:
                then = of_the_tree_then(last[round_.code], found[round_.code])
                assert asked(Moment(round_, moment)) == then
        transaction.set_rollback(True)
