"""The append-only log (N10): a line for every deed, a Merkle tree over the lines (RFC 9162)."""

from django.db import models


class Entry(models.Model):
    """One line. Personal content is not in it: only the salted hash of the body."""

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, db_index=True)
    body_hash = models.CharField(max_length=64)
    actor_role = models.CharField(max_length=100)
    # Key of the account that did the deed; none for the command line. No foreign key: a line stays
    # as it was written, whatever becomes of the account.
    account = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    leaf_hash = models.CharField(max_length=64)
    # Root of the tree over all lines up to and including this one: names the first wrong line.
    root_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.CheckConstraint(
                name="ledger_entry_seq_starts_at_zero", condition=models.Q(seq__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.subject}"


class Body(models.Model):
    """What was said at the deed, outside the log so that it can be erased lawfully."""

    entry = models.OneToOneField(Entry, models.DO_NOTHING, primary_key=True, related_name="body")
    salt = models.CharField(max_length=64)
    content = models.TextField()
    # The rows the deed left behind, as rules.rows writes them.
    rows = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"body of {self.entry_id}"


class Head(models.Model):
    """The one row that serializes writers: size of the tree and its right edge (frontier)."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    frontier = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(name="ledger_has_one_head", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        return f"head at {self.size}"
