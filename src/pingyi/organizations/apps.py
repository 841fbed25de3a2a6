from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "pingyi.organizations"
    label = "organizations"

    def ready(self) -> None:
        """Names its own rows."""
        from pingyi.ledger.doors import VOUCHED, Vouched
        from pingyi.organizations.doors import RESTING, Kind
        from pingyi.organizations.models import (
            Affiliation,
            Charge,
            Membership,
            Organization,
            Person,
            PersonMerge,
            Post,
            Succession,
        )

        for label, name, told_by in (
            ("affiliation", _("affiliation"), ("organization", "parent")),
            ("succession", _("succession"), ("predecessor", "successor")),
            ("membership", _("membership"), ("person", "organization")),
            ("post", _("post"), ("person", "title", "organization")),
            ("charge", _("charge"), ("person", "organization")),
            ("person", _("record merged into it"), ("name",)),
            ("personmerge", _("merged record"), ("person",)),
        ):
            RESTING.offer(f"organizations.{label}", Kind(name, told_by))
        for model, name in (
            (Organization, _("Organization")),
            (Affiliation, _("Affiliation")),
            (Succession, _("Succession")),
            (PersonMerge, _("Merged record")),
            (Membership, _("Membership")),
            (Post, _("Post")),
            (Charge, _("Charge")),
        ):
            VOUCHED.offer(model._meta.label_lower, Vouched(model, name))
        # Keys of the name, which may be made anew where an order is mended.
        order = ("by_pinyin", "by_strokes")
        VOUCHED.offer("organizations.person", Vouched(Person, _("Person"), without=order))
