from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.db.models import Q

from pingyi.ledger.doors import VOUCHED, Vouched
from pingyi.ledger.operations import Line, Signature, append, append_many
from pingyi.ledger.queries import verification
from pingyi.organizations.models import Organization
from tests.ledger_seal import unseal

BY = Signature(7, "clerk@SFZ")
NOW = datetime(2011, 6, 28, 1, 30, 0, 123456, tzinfo=UTC)


def written(count: int) -> list[int]:
    """Lines about three subjects in turn."""
    with transaction.atomic():
        return append_many(
            [
                Line("test.done", f"thing:{number % 3}", {"number": number}, (), BY, NOW)
                for number in range(count)
            ]
        )


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def ten_lines(db: None) -> list[int]:
    return written(10)


@pytest.fixture
def unsealed(db: None) -> Callable[[], None]:
    """The triggers are off: whoever holds the database's password could do that."""
    unseal()
    return unseal


@pytest.fixture
def vouched(db, monkeypatch):
    """The ledger stands for organizations but for their initials, and again for the open ones."""
    answers = {
        "all": Vouched(Organization, "Organization", without=["initials"]),
        "open": Vouched(Organization, "Open organization", only=Q(valid_to=None)),
    }
    monkeypatch.setattr(VOUCHED, "_answers", answers)


@pytest.fixture
def made(vouched):
    return [organization("A"), organization("B")]


def organization(code, **given):
    found = Organization.objects.create(
        code=code, name=f"{code}支部", kind="branch", level="grassroots", sector_id="rural",
        valid_from=date(2010, 1, 1), **given,
    )  # fmt: skip
    said(found)
    return found


def said(*rows):
    with transaction.atomic():
        return append(kind="t", subject="s", body={}, rows=rows, by=BY, now=NOW)


def faults():
    return [(str(f.kind), f.table, f.key, f.seq) for f in verification.verify().row_faults]
