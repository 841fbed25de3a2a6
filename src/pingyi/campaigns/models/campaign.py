"""A campaign opened from a pack, its rounds and deadlines (N3, N19)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pingyi.campaigns.enums import CampaignState, RoundState


class Campaign(models.Model):
    """One campaign. Its pack is kept as it was on the day of opening."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    pack_code = models.CharField(max_length=60)
    # The SHA-256 of the pack's canonical JSON; the pack itself is a PackCopy.
    pack_hash = models.CharField(max_length=64)
    # The organization whose office runs the campaign: the top of the frozen tree.
    root = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    cut_off_on = models.DateField(_("cut-off date"))
    # So many gaps at once one person may exempt alone; where it says nothing, as many as the rule.
    exempt_alone = models.PositiveIntegerField(null=True, blank=True)
    # Then clerks record for them, and nobody is asked to make their accounts. The answer of older
    # campaigns must be the empty one: their lines of the ledger vouch for them without it.
    secretaries_stay_out = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=CampaignState, default=CampaignState.OPEN)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        # Of those opened at the same moment any order does, as long as it stays.
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="campaign_state_is_known", condition=Q(state__in=CampaignState.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def secretaries_sign_in(self) -> bool:
        """Whether secretaries record by themselves."""
        return not self.secretaries_stay_out


class PackCopy(models.Model):
    """The whole validated pack (campaigns.rules.pack.Pack) as it was on the day of opening.

    Beside the campaign, so that a campaign read along with a unit does not bring it each time.
    """

    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="pack_copy")
    content = models.JSONField()

    class Meta:
        ordering = ["campaign_id"]

    def __str__(self) -> str:
        return f"pack of {self.campaign_id}"


class Round(models.Model):
    """One round (第一次, 第二次) with its own dates, proposed by the pack."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="rounds")
    code = models.SlugField(max_length=20)
    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["campaign_id", "position"]
        constraints = [
            models.UniqueConstraint(
                name="round_code_is_unique_in_campaign", fields=["campaign", "code"]
            ),
            models.CheckConstraint(
                name="round_state_is_known", condition=Q(state__in=RoundState.values)
            ),
            models.CheckConstraint(
                name="round_closes_after_it_opens",
                condition=Q(closes_on__gte=models.F("opens_on")),
                violation_error_message=_("The round must close on or after the day it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Deadline(models.Model):
    """By when a tier has to send its tables for a round; the whole of the day counts."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="deadlines")
    tier = models.SlugField(max_length=40)
    name = models.CharField(max_length=100)
    due_on = models.DateField(_("due on"))

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="deadline_is_stated_once_per_tier", fields=["round", "tier"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.due_on}"


class Exemption(models.Model):
    """A gap that is explained: this unit or person is not owed a duty (N4)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="exemptions")
    duty = models.CharField(max_length=40)  # a key of campaigns.doors.DUTIES
    unit = models.ForeignKey(
        "campaigns.Unit", models.CASCADE, null=True, blank=True, related_name="exemptions"
    )
    participant = models.ForeignKey(
        "campaigns.Participant", models.CASCADE, null=True, blank=True, related_name="exemptions"
    )
    reason = models.CharField(_("reason"), max_length=300)
    exempted_at = models.DateTimeField()
    exempted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="exemption_names_a_duty", condition=~Q(duty="")),
            models.CheckConstraint(
                name="exemption_has_one_subject",
                condition=Q(unit__isnull=True, participant__isnull=False)
                | Q(unit__isnull=False, participant__isnull=True),
            ),
            models.CheckConstraint(
                name="exemption_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("An exemption needs a reason."),
            ),
            models.UniqueConstraint(
                name="unit_is_exempted_once",
                fields=["round", "duty", "unit"],
                condition=Q(revoked_at__isnull=True, unit__isnull=False),
            ),
            models.UniqueConstraint(
                name="participant_is_exempted_once",
                fields=["round", "duty", "participant"],
                condition=Q(revoked_at__isnull=True, participant__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.unit_id or self.participant_id}: {self.reason}"
