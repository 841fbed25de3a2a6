from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "pingyi.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.campaigns.doors import DUTIES, OPENERS, Duty
        from pingyi.reviews.enums import DUTY
        from pingyi.reviews.operations.assign import derive_assignments
        from pingyi.reviews.queries.coverage import owed
        from pingyi.reviews.queries.worklist import worklist
        from pingyi.ui.doors import WORKLISTS

        DUTIES.offer(DUTY, Duty(_("Leader review"), owed))
        OPENERS.offer("reviews", derive_assignments)
        WORKLISTS.offer("reviews", worklist)
