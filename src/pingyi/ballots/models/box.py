"""A sealed box and what lies in it; in a database of its own, which knows no people (ADR 0040).

No column is a date, counts up, or refers to a person, and no row is as old as one ballot alone.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pingyi.ballots.enums import BoxState, Kind


class Box(models.Model):
    """A box: its manifest as it was announced, its slips, and once it is counted its board."""

    # Random, as everything here that might tell an order.
    id = models.CharField(primary_key=True, max_length=32)
    manifest = models.BinaryField()
    # The sorted list of slips (ballots.rules.slips), 32 bytes each.
    slips = models.BinaryField(default=b"")
    bundles = models.PositiveIntegerField()
    # The private half of the key that signs receipts and the board.
    receipt_key = models.BinaryField()
    state = models.CharField(_("state"), max_length=10, choices=BoxState, default=BoxState.PREPARED)
    board = models.BinaryField(default=b"")
    # What was said beside the ballots, apart from them; canonical bytes of a list of texts.
    opinions = models.BinaryField(default=b"[]")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="box_state_is_known", condition=Q(state__in=BoxState.values)
            ),
            models.CheckConstraint(
                name="counted_box_has_a_board",
                condition=~Q(state__in=[BoxState.COUNTED, BoxState.PUBLISHED]) | ~Q(board=b""),
            ),
        ]

    def __str__(self) -> str:
        return self.id


class Bundle(models.Model):
    """Some ballots or opinions of a box, sorted by key (ballots.rules.bundles)."""

    pk = models.CompositePrimaryKey("box_id", "kind", "place")
    box = models.ForeignKey(Box, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    place = models.PositiveIntegerField()
    body = models.BinaryField(default=b"")

    class Meta:
        constraints = [
            models.CheckConstraint(name="bundle_kind_is_known", condition=Q(kind__in=Kind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.box_id} {self.kind} {self.place}"
