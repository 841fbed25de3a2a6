from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "pingyi.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from functools import partial

        from pingyi.campaigns.doors import DUTIES, LOOSE_ENDS, OPENERS, RECORDS, Duty
        from pingyi.campaigns.queries import called
        from pingyi.downloads.doors import DOCUMENTS
        from pingyi.ledger.doors import VOUCHED, Vouched
        from pingyi.organizations.doors import TRACES
        from pingyi.reviews import models, tasks
        from pingyi.reviews.enums import DUTY
        from pingyi.reviews.operations.assign import derive_assignments
        from pingyi.reviews.queries.coverage import owed
        from pingyi.reviews.queries.menu import menu
        from pingyi.reviews.queries.tasks import loose_ends, records
        from pingyi.reviews.queries.traces import traces
        from pingyi.reviews.queries.worklist import worklist
        from pingyi.ui.doors import MENUS, PAGES_OF_ONE_ROUND, WORKLISTS

        DUTIES.offer(DUTY, Duty(_("Review"), owed, lambda pack: called(pack.review)))
        OPENERS.offer("reviews", derive_assignments)
        LOOSE_ENDS.offer("reviews", loose_ends)
        RECORDS.offer("reviews", records)
        TRACES.offer("reviews", traces)
        WORKLISTS.offer("reviews", worklist)
        MENUS.offer("reviews", menu)
        for kind in ("xlsx", "pdf"):
            DOCUMENTS.offer(f"reviews.{kind}", partial(tasks.ledger, kind))
        for page in ("reviews:assignment", "reviews:hand-over"):
            PAGES_OF_ONE_ROUND.offer(page, "reviews:assignments")
        for model, name in (
            (models.Assignment, _("Assignment")),
            (models.Review, _("Review")),
            (models.Sign, _("Sign of a review")),
            (models.Publication, _("Publication")),
            (models.Publication.reviews.through, _("Published review")),
        ):
            VOUCHED.offer(model._meta.label_lower, Vouched(model, name))
        VOUCHED.offer("reviews.meeting", Vouched(models.Meeting, _("Meeting"), without=["draft"]))
