"""What every test may rely on."""

import gc
import os
from collections.abc import Callable, Iterator

import pytest
import pytest_django
from django.conf import settings as django_settings
from django.db import connection
from django.test import override_settings
from django.utils import timezone, translation
from hypothesis import settings

from pingyi.core import statistics
from tests.aside import set_aside
from tests.ledger_seal import AS_MIGRATED, flushing_allowed

# A property is about values, never about how busy the machine is.
settings.register_profile("pingyi", deadline=None)
settings.load_profile("pingyi")

# The database of the ballots is as empty after migrating as after a test.
ONLY_BALLOTS = ["ballots"]
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}

pytest_plugins = [
    "tests.watching",
    "tests.cast",
    "tests.namesakes_cast",
    "tests.campaigns_cast",
    "tests.at_once",
    "tests.ledger_last",
    "tests.packs_of_their_own",
]


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> None:
    """On PostgreSQL, what transactional tests begin with is kept in the database itself, not as a
    text that is read and written again, row by row.
    """
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            set_aside(connection, AS_MIGRATED)
            connection._test_serialized_contents = "[]"


@pytest.fixture(autouse=True, scope="session")
def _the_ledger_can_be_emptied_between_tests() -> Iterator[None]:
    with flushing_allowed():
        yield


@pytest.fixture(autouse=True)
def _the_next_test_finds_nothing_changed() -> Iterator[None]:
    """Language, time zone and settings hold for one test: each page of the client leaves its own
    language switched on, and whoever assigns to settings changes them for good.
    """
    with override_settings():
        yield
    translation.deactivate()
    timezone.deactivate()


def pytest_unconfigure() -> None:
    """What stands in line beside the database of the ballots goes with it."""
    for left in django_settings.DATA_DIR.glob(f"test-ballots-{os.getpid()}.sqlite3*"):
        left.unlink(missing_ok=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database-only`: for a second database, which the other tests would not notice."""
    parser.addoption(
        "--database-only", action="store_true", help="leave out tests that touch no database"
    )


@pytest.fixture(autouse=True)
def _nothing_is_known_of_the_size_of_tables(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one test commits and has counted would be what the plans of all others rest on: a
    county built after it, in a transaction that is not counted, takes minutes.
    """
    if commits(request.node):
        monkeypatch.setattr(statistics, "refresh", lambda: None)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """The order can be had again; with -q nobody else says how."""
    seed = config.getoption("randomly_seed", None)
    terminalreporter.write_line(f"order: --randomly-seed={seed}" if seed else "order: as written")


# What takes a minute begins first, so that no process waits for it at the end.
LONG = (
    "test_storm.py::",
    "test_queries_do_not_grow.py::",
    "test_sent_from_outside.py::",
    "test_first_start.py::test_only_the_demo_is_marked_as_fictitious",
)


def pytest_sessionstart() -> None:
    """There is a data folder, as wherever the program runs: pages tell how full its disk is, and
    whoever hands out static files looks for them.
    """
    django_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    refuse_what_leaves_the_database_empty(items)
    open_both_databases(items)
    # Those that commit stay behind all others.
    items.sort(key=lambda item: (commits(item), not any(name in item.nodeid for name in LONG)))
    if config.getoption("--database-only"):
        keep_only(touches_the_database, config, items)
    if connection.vendor == "sqlite":
        keep_only(needs_no_row_locks, config, items)
    else:
        keep_only(counts_no_steps, config, items)
        keep_only(is_of_this_database, config, items)


def open_both_databases(items: list[pytest.Item]) -> None:
    """Whoever is let at the database is let at that of the ballots too, unless they named one."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        if touches_the_database(item) and not (mark and "databases" in mark.kwargs):
            both = {**(mark.kwargs if mark else {}), "databases": ["default", "ballots"]}
            # Beside a mark pytest-django does not look at this fixture when it makes the databases.
            if "django_db_serialized_rollback" in getattr(item, "fixturenames", ()):
                both["serialized_rollback"] = True
            item.add_marker(pytest.mark.django_db(**both), append=False)


def refuse_what_leaves_the_database_empty(items: list[pytest.Item]) -> None:
    """Of two transactional tests, one that is to find the database as migrated fails after one
    that is not: which one, the order decides. (Journeys run by themselves, see their conftest.)
    """
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark and commits(item) and not mark.kwargs.get("serialized_rollback"):
            raise pytest.UsageError(f"{item.nodeid}: say serialized_rollback=True as well")


def pytest_collection_finish(session: pytest.Session) -> None:
    refuse_what_comes_after_a_commit(session)
    # Eight thousand tests and all that they import stay to the end: looked through for garbage
    # again and again, they would take a twentieth of the time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def refuse_what_comes_after_a_commit(session: pytest.Session) -> None:
    """A test that commits empties the database after it: of others none may follow."""
    emptied_by = ""
    for item in session.items:
        if commits(item):
            emptied_by = item.nodeid
        elif emptied_by and touches_the_database(item):
            raise pytest.UsageError(f"{item.nodeid} comes after {emptied_by}, which commits")


def keep_only(
    wanted: Callable[[pytest.Item], bool], config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Others are left out and counted as such: a skip would look like something still to come."""
    config.hook.pytest_deselected(items=[item for item in items if not wanted(item)])
    items[:] = [item for item in items if wanted(item)]


def needs_no_row_locks(item: pytest.Item) -> bool:
    """SQLite has none to try: its transactions begin by waiting for each other
    (tests/config/test_writers_of_sqlite.py).
    """
    return item.get_closest_marker("lock") is None


def counts_no_steps(item: pytest.Item) -> bool:
    """PostgreSQL does not count them; what it does follows its statistics, not the query alone."""
    return item.get_closest_marker("steps") is None


def is_of_this_database(item: pytest.Item) -> bool:
    """What a page shows, links to and asks for is the same on both; that it works is asked on both
    (tests/house/test_every_address.py).
    """
    return item.get_closest_marker("any_database") is None


def commits(item: pytest.Item) -> bool:
    """Its rows are not taken back but removed at its end, with all that migrations have put in."""
    mark = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    return not {"transactional_db", "live_server"}.isdisjoint(fixtures) or bool(
        mark and mark.kwargs.get("transaction") and mark.kwargs.get("databases") != ONLY_BALLOTS
    )


def touches_the_database(item: pytest.Item) -> bool:
    """pytest-django lets nobody else at it: a fixture or a mark asks for the database."""
    fixtures = getattr(item, "fixturenames", ())
    return bool(item.get_closest_marker("django_db")) or not DATABASE_FIXTURES.isdisjoint(fixtures)
