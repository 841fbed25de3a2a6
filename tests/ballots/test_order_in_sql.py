"""What a database keeps of its rows beside their columns tells no order of ballots either."""

import pytest
from django.db import connections

from pingyi.ballots.rules.bundles import records_of
from tests.ballots.boxes import Box
from tests.ballots.test_order import CHANCE, fill, in_order

pytestmark = [
    pytest.mark.django_db(databases=["ballots"], transaction=True),
    pytest.mark.usefixtures("quick_ballots"),
    pytest.mark.unwatched,
]
# Where a row lies, and which transaction wrote it last.
HIDDEN = {"sqlite": ["rowid"], "postgresql": ["ctid", "xmin::text::bigint, ctid"]}


@pytest.mark.parametrize("size", [300, 3_000])
@pytest.mark.parametrize(("boxes", "count"), [(50, 30), (10, 200)])
def test_rows_as_the_database_lays_them_tell_no_order(open_box, monkeypatch, boxes, count, size):
    monkeypatch.setattr(Box, "codes", [])
    filled = []
    for _ in range(boxes):
        box = open_box(Box(slips=count))
        filled.append((box, fill(box, count, size)))

    for hidden in HIDDEN[connections["ballots"].vendor]:
        shares = []
        for box, sent in filled:
            with connections["ballots"].cursor() as cursor:
                sql = "SELECT body FROM ballots_bundle WHERE box_id = %s AND kind = %s ORDER BY "
                cursor.execute(sql + hidden, [box.id, "ballot"])
                bodies = [bytes(body) for (body,) in cursor.fetchall()]
            lie = [record for body in bodies for record in records_of(body)]
            at = {record: place for place, record in enumerate(lie)}
            shares.append(in_order([at[record] for record in sent]))
        assert CHANCE[0] < sum(shares) / boxes < CHANCE[1], hidden
