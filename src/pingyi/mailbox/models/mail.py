"""An e-mail that came in, and what became of it (ADR 0033)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pingyi.mailbox.enums import Outcome, Silence


class Mail(models.Model):
    """An e-mail that came in: whose it is, what became of its forms, and the answer. What it says
    stays in the mailbox; the files of forms are kept where they are taken in.
    """

    # Tells it from any other, so that it is done once: a digest of its headers and attachments.
    identity = models.CharField(
        max_length=64,
        unique=True,
        error_messages={"unique": _("This e-mail was read already.")},
    )
    message_id = models.CharField(max_length=300, blank=True)
    sender = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)
    # Of the unit that the sender's address was bound to.
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.RECEIVED)
    # What became of each form, in their order: [{name, sha256, code, receipt, page, text}].
    forms = models.JSONField(default=list, blank=True)
    # How many of them are done.
    done = models.PositiveSmallIntegerField(default=0)
    # How often reading it has failed.
    failures = models.PositiveSmallIntegerField(default=0)
    answer = models.OneToOneField(
        "notifications.Letter", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    silence = models.CharField(max_length=10, choices=Silence, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(name="mails_by_day", fields=["-received_at", "-id"]),
            models.Index(name="mails_of_a_unit", fields=["organization", "-received_at"]),
            models.Index(name="mails_of_a_sender", fields=["sender", "outcome"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="outcome_of_a_mail_is_known", condition=Q(outcome__in=Outcome.values)
            ),
            models.CheckConstraint(
                name="silence_about_a_mail_is_known",
                condition=Q(silence__in=["", *Silence.values]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.outcome}"


class MailboxLook(models.Model):
    """When the mailbox was last looked into, and whether it could be: one row."""

    looked_at = models.DateTimeField()
    # The last time that it could be read.
    read_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.last_error or str(self.looked_at)
