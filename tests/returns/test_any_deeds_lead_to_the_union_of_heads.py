"""Any tree, any order of sealing, sending back, amending and accepting, and of what is counted."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pingyi.campaigns.models import Round
from pingyi.core.refusals import Refusal
from pingyi.register.operations import appoint
from pingyi.returns.operations import sealing, sending
from pingyi.returns.queries import Moment
from pingyi.returns.queries.rolled import rolled_up
from tests.amending import HOUR
from tests.cast import FOUNDED, NOW, Register
from tests.ledger_last import Watch
from tests.returns.desk import FOOT, WHY, Words
from tests.returns.test_any_deeds_leave_every_moment import KEYS, MANY, PARENTS
from tests.returns.union import union_of
from tests.returns.working import Work

TABLES = ["annex1", "annex2", "annex3"]


@pytest.fixture
def register(register: Register) -> Register:
    """People with posts in both townships, in one and at the county, and in both and there."""
    for key, place, category in [
        ("t2_secretary", "t1", "township_leader"),
        ("village_secretary", "t2_village", "grassroots_secretary"),
        ("school_secretary", "county", "county_standing"),
        ("t1_secretary", "t2", "township_leader"),
        ("t1_secretary", "county", "county_standing"),
    ]:
        appoint(
            person=register.people[key], organization=getattr(register, place), title="委员",
            category=category, on=FOUNDED, by=None, now=NOW,
        )  # fmt: skip
    return register


def on(work: Work, deed: str, code: str, table: str, **given: Any) -> None:
    where = sealing if hasattr(sealing, deed) else sending
    round_ = work.campaign.rounds.select_related("campaign").get(code="first")
    who = {"round_": round_, "unit": work.unit(code), "by": None, "now": work.given["now"]}
    getattr(where, deed)(**who, **({"table": table} if deed != "correct" else {}), **given)


def seal(work: Work, code: str, table: str) -> None:
    words: Any = {"foot": FOOT, "words": Words(), "cause": WHY, "filled_on": date(2011, 6, 1)}
    on(work, "seal", code, table, **words)


def through(work: Work, code: str, table: str) -> None:
    seal(work, code, table)
    on(work, "submit", code, table)
    on(work, "accept", code, table)


def back_and_through(work: Work, code: str, table: str) -> None:
    """One column is sent back, so that the version has two moments."""
    seal(work, code, table)
    on(work, "submit", code, table)
    column = "township_leader" if table == "annex1" else "rural"
    on(work, "send_back", code, table, remarks={f"{table}.total.{column}": WHY})


def correct(work: Work, code: str, table: str, said: int) -> None:
    column = "grassroots_secretary" if table == "annex1" else "rural"
    on(work, "correct", code, table, cell=f"{table}.total.{column}", said=said, reason=WHY)


# A township and a table, besides what the deeds on the register are about.
DEEDS: dict[str, Callable[..., Any]] = {
    **{name: lambda w, deed=deed, **a: deed(w, *a["about"]) for name, deed in MANY.items()
       if name not in ("next round", "begin")},
    "seal": lambda w, *, unit, table, **_: seal(w, unit, table),
    "submit": lambda w, *, unit, table, **_: on(w, "submit", unit, table),
    "accept": lambda w, *, unit, table, **_: on(w, "accept", unit, table),
    "waive": lambda w, *, unit, table, **_: on(w, "waive", unit, table, reason=WHY),
    "correct": lambda w, *, unit, table, about: correct(w, unit, table, KEYS.index(about[0])),
    "through": lambda w, *, unit, table, **_: through(w, unit, table),
    "through again": lambda w, *, unit, table, **_: through(w, unit, table),
    "back": lambda w, *, unit, table, **_: back_and_through(w, unit, table),
    "all": lambda w, **_: [through(w, unit, table) for unit in ("T1", "T2") for table in TABLES],
    "leader reviews": lambda w, *, about, **_: w.review(about[0], unit=w.unit(about[1])),
}  # fmt: skip
ABOUT = st.fixed_dictionaries({
    "about": st.tuples(*map(st.sampled_from, (KEYS, ["T1-1", "T1-2", "T1-3", "T2-1"], PARENTS))),
    "unit": st.sampled_from(["T1", "T2"]),
    "table": st.sampled_from(TABLES),
})  # fmt: skip
SEQUENCES = st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), ABOUT), min_size=12, max_size=24)


@settings(
    max_examples=5,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(sequence=SEQUENCES)
def test_after_any_deeds_the_roll_up_is_the_union_of_heads(
    sequence: list[tuple[str, dict[str, Any]]], work: Work, appraised: Round, watch: Watch
) -> None:
    round_ = appraised
    top = work.unit("X")
    done = []
    with transaction.atomic():
        for hour, (name, about) in enumerate(sequence, start=1):
            work.given["now"] = NOW + hour * HOUR
            try:
                with transaction.atomic():
                    DEEDS[name](work, **about)
            except (Refusal, ObjectDoesNotExist, ZeroDivisionError):
                continue
            done.append((name, about))
            found = {
                code: cell.number
                for table in rolled_up(Moment(round_), top).values()
                for code, cell in table.cells.items()
            }
            wanted = union_of(round_, top)
            assert {code: number or 0 for code, number in found.items()} == dict.fromkeys(
                found, 0
            ) | wanted, done
        transaction.set_rollback(True)
    watch.forget()
