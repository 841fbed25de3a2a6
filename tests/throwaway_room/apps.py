from django.apps import AppConfig


class SilentConfig(AppConfig):
    """The room as it is before it has answered at a single door."""

    name = "tests.throwaway_room"
    label = "throwaway"


class SpeakingConfig(SilentConfig):
    def ready(self):
        from pingyi.campaigns.doors import DUTIES, OPENERS, Duty
        from pingyi.organizations.doors import RESTING, Kind
        from pingyi.ui.doors import MENUS, WORKLISTS
        from tests.throwaway_room import answers

        DUTIES.offer("visit", Duty("Visit of a mentor", answers.owed))
        OPENERS.offer("throwaway", answers.opened)
        WORKLISTS.offer("throwaway", answers.worklist)
        MENUS.offer("throwaway", answers.menu)
        RESTING.offer("throwaway.visit", Kind("visit", ("organization", "title")))
