from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "pingyi.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.campaigns import models, tasks
        from pingyi.campaigns.queries.menu import menu
        from pingyi.campaigns.queries.universe import traces
        from pingyi.campaigns.queries.worklist import worklist
        from pingyi.downloads.doors import DOCUMENTS
        from pingyi.ledger.doors import VOUCHED, Vouched
        from pingyi.notifications.doors import MISSING
        from pingyi.organizations.doors import RESTING, TRACES, Kind
        from pingyi.ui.doors import MENUS, WORKLISTS

        WORKLISTS.offer("campaigns", worklist)
        MENUS.offer("campaigns", menu)
        DOCUMENTS.offer("campaigns.exemptions", tasks.exemptions)
        DOCUMENTS.offer("campaigns.amendments", tasks.amendments)
        TRACES.offer("campaigns", traces)
        DOCUMENTS.offer("campaigns.gaps", tasks.gaps)
        MISSING.offer("campaigns.gaps", tasks.missing)
        RESTING.offer("campaigns.campaign", Kind(_("campaign"), ("name",)))
        RESTING.offer("campaigns.unit", Kind(_("frozen organization"), ("name",)))
        RESTING.offer("campaigns.participant", Kind(_("frozen person"), ("shown_name",)))
        for model, name in (
            (models.Campaign, _("Campaign")),
            (models.PackCopy, _("Copy of a pack")),
            (models.Round, _("Round")),
            (models.Deadline, _("Deadline")),
            (models.Unit, _("Frozen organization")),
            (models.ParticipantPost, _("Frozen post")),
            (models.ParticipantCharge, _("Frozen charge")),
            (models.FormerUnit, _("Former row of an organization")),
            (models.FormerParticipant, _("Former row of a person")),
            (models.Amendment, _("Amendment")),
            (models.Exemption, _("Exemption")),
            (models.ExemptionProposal, _("Proposed exemptions")),
        ):
            VOUCHED.offer(model._meta.label_lower, Vouched(model, name))
        order = ("by_pinyin", "by_strokes")
        people = Vouched(models.Participant, _("Frozen person"), without=order)
        VOUCHED.offer("campaigns.participant", people)
