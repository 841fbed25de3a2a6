from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppraisalsConfig(AppConfig):
    name = "pingyi.appraisals"
    label = "appraisals"

    def ready(self) -> None:
        """Answers what the rooms below ask."""
        from pingyi.appraisals.enums import DUTY
        from pingyi.appraisals.queries.coverage import owed
        from pingyi.appraisals.queries.menu import menu
        from pingyi.appraisals.queries.worklist import worklist
        from pingyi.campaigns.doors import DUTIES, Duty
        from pingyi.ui.doors import MENUS, PAGES_OF_ONE_ROUND, WORKLISTS

        DUTIES.offer(DUTY, Duty(_("Mass appraisal"), owed))
        WORKLISTS.offer("appraisals", worklist)
        MENUS.offer("appraisals", menu)
        PAGES_OF_ONE_ROUND.offer("appraisals:decide", "appraisals:result")
        PAGES_OF_ONE_ROUND.offer("appraisals:stage", "appraisals:unit")
