"""A bulletin: its text, the figures in it with their sources, and what was done with it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pingyi.bulletins.enums import BulletinDeed, BulletinKind, BulletinState, Scope

APPROVED_ONCE = (BulletinState.APPROVED, BulletinState.PUBLISHED)


class Bulletin(models.Model):
    """What an organization makes known in a round (通报, 公示), to exactly its scope (N6).

    The text holds keys, `{annex2.total}`; what each of them says is a `Figure`.
    """

    campaign = models.ForeignKey("campaigns.Campaign", models.CASCADE, related_name="bulletins")
    round = models.ForeignKey("campaigns.Round", models.CASCADE, related_name="bulletins")
    unit = models.ForeignKey("campaigns.Unit", models.CASCADE, related_name="bulletins")
    # Counted up in the campaign, from one.
    number = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=BulletinKind)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    # The official head: who stands in red, under which number, to whom (rulebook §9).
    agency = models.CharField(_("name in red"), max_length=60, blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    addressees = models.CharField(_("addressees"), max_length=200, blank=True)
    copies_to = models.CharField(_("copies to"), max_length=200, blank=True)
    scope = models.CharField(_("who reads it"), max_length=10, choices=Scope)
    # At or below which its readers belong, as the scope says.
    top = models.ForeignKey("campaigns.Unit", models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=BulletinState, default=BulletinState.DRAFT)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    # The leader or meeting that let it go out (签发).
    approver = models.CharField(_("approved by"), max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["campaign_id", "number"]
        indexes = [
            models.Index(name="bulletins_by_unit", fields=["campaign", "unit", "state"]),
            models.Index(name="bulletins_by_top", fields=["campaign", "top", "state"]),
            models.Index(name="bulletins_by_turn", fields=["campaign", "state", "top"]),
            models.Index(name="bulletins_by_state", fields=["campaign", "state", "number"]),
            models.Index(name="bulletins_by_scope", fields=["campaign", "scope", "published_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="bulletin_number_is_once_in_campaign", fields=["campaign", "number"]
            ),
            models.CheckConstraint(
                name="bulletin_state_is_known", condition=Q(state__in=BulletinState.values)
            ),
            models.CheckConstraint(
                name="bulletin_kind_is_known", condition=Q(kind__in=BulletinKind.values)
            ),
            models.CheckConstraint(
                name="bulletin_scope_is_known", condition=Q(scope__in=Scope.values)
            ),
            models.CheckConstraint(
                name="approved_bulletin_names_its_approver",
                condition=~Q(state__in=APPROVED_ONCE)
                | (~Q(approver="") & Q(approved_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="published_bulletin_says_when",
                condition=~Q(state=BulletinState.PUBLISHED)
                | Q(published_on__isnull=False, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="withdrawn_bulletin_says_when_and_why",
                condition=~Q(state=BulletinState.WITHDRAWN)
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_public(self) -> bool:
        """Whether anybody reads it without signing in, or could before it was withdrawn."""
        return self.scope == Scope.PUBLIC and self.published_at is not None


class Figure(models.Model):
    """What a key of the text says, and where it comes from: an accepted return or a signed count.

    Taken over when the text is kept, and compared again when it is approved and published.
    """

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="figures")
    key = models.CharField(max_length=130)
    said = models.CharField(max_length=20)
    version = models.ForeignKey(
        "returns.Version", models.CASCADE, null=True, blank=True, related_name="+"
    )
    count = models.ForeignKey(
        "appraisals.Count", models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["bulletin_id", "id"]
        constraints = [
            models.UniqueConstraint(name="figure_is_once_in_bulletin", fields=["bulletin", "key"]),
            models.CheckConstraint(
                name="figure_has_one_source",
                condition=Q(version__isnull=True) ^ Q(count__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.said}"


class Step(models.Model):
    """A deed on a bulletin, with its words: the history, in the order of its rows."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=10, choices=BulletinDeed)
    text = models.TextField(blank=True)
    done_at = models.DateTimeField()
    done_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["bulletin_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="bulletin_step_deed_is_known", condition=Q(deed__in=BulletinDeed.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.deed}"
