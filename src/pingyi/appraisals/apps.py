from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppraisalsConfig(AppConfig):
    name = "pingyi.appraisals"
    label = "appraisals"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from django.db.models import Q

        from pingyi.appraisals import models, tasks
        from pingyi.appraisals.enums import DUTY, CountState
        from pingyi.appraisals.queries.coverage import owed
        from pingyi.appraisals.queries.menu import menu
        from pingyi.appraisals.queries.results import loose_ends, records
        from pingyi.appraisals.queries.traces import traces
        from pingyi.appraisals.queries.worklist import worklist
        from pingyi.campaigns.doors import DUTIES, LOOSE_ENDS, RECORDS, Duty
        from pingyi.campaigns.queries import called
        from pingyi.downloads.doors import DOCUMENTS
        from pingyi.ledger.doors import VOUCHED, Vouched
        from pingyi.organizations.doors import TRACES
        from pingyi.ui.doors import MENUS, PAGES_OF_ONE_ROUND, WORKLISTS

        DUTIES.offer(DUTY, Duty(_("Appraisal"), owed, lambda pack: called(pack.appraisal)))
        LOOSE_ENDS.offer("appraisals", loose_ends)
        RECORDS.offer("appraisals", records)
        TRACES.offer("appraisals", traces)
        WORKLISTS.offer("appraisals", worklist)
        MENUS.offer("appraisals", menu)
        DOCUMENTS.offer("appraisals", tasks.ledger)
        DOCUMENTS.offer("appraisals.results", tasks.results)
        PAGES_OF_ONE_ROUND.offer("appraisals:decide", "appraisals:result")
        PAGES_OF_ONE_ROUND.offer("appraisals:stage", "appraisals:unit")
        for model, name in (
            (models.Appraisal, _("Appraisal")),
            (models.StageRecord, _("Stage")),
            (models.PanelStratum, _("Stratum of a panel")),
            (models.Opinion, _("Opinion")),
            (models.Flag, _("Flag")),
            (models.DecidedGrade, _("Decided grade")),
            (models.SealedVote, _("Sealed vote")),
        ):
            VOUCHED.offer(model._meta.label_lower, Vouched(model, name))
        # A draft is typed and typed again without a line; that it was begun stands in the ledger.
        typed = [
            field.attname
            for field in models.Count._meta.concrete_fields
            if field.attname not in ("appraisal_id", "form", "stratum", "number")
        ]
        VOUCHED.offer("appraisals.count_begun", Vouched(models.Count, _("Count"), typed))
        signed = Vouched(models.Count, _("Count"), only=~Q(state=CountState.DRAFT))
        VOUCHED.offer("appraisals.count", signed)
        of_signed = ~Q(count__state=CountState.DRAFT)
        lines = Vouched(models.CountLine, _("Line of a count"), only=of_signed)
        VOUCHED.offer("appraisals.countline", lines)
