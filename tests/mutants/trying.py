"""A pytest plugin that tries mutants: it sees once which test reaches which line, then forks a
process for each mutant, which inherits modules, database and collected tests and stops at the
first test that fails.

Typst and OpenCV start threads, which a forked process lacks and would wait for: no test that uses
them runs in the process that forks.
"""

import __future__

import ast
import functools
import gc
import inspect
import os
import pickle
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from fnmatch import fnmatch
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import coverage
import pytest
from hypothesis import Phase, settings

from tests.mutants.mentions import Mentions, Name, mentions
from tests.mutants.planting import Mutant

KILLED, TIMED_OUT, SURVIVED = "killed", "timed out", "survived"
# Bounds of a process that tries one mutant: processor seconds of a test beyond ten times what it
# took, seconds of the clock, bytes.
SPARE_SECONDS, CLOCK_SECONDS, MEMORY = 5, 300, 6 << 30
THREADED = ["documents/fonts.py", "documents/pdf.py", "paper/omr/*"]
TESTS = Path(__file__).resolve().parents[1]


class Trials:
    """Tries the mutants instead of running the tests, and leaves the outcome of each."""

    def __init__(self, mutants: Sequence[Mutant], source: str) -> None:
        self.mutants, self.source = mutants, source
        self.outcomes: dict[Mutant, str] = {}
        self.failed: list[str] = []
        self.seconds: dict[str, float] = {}
        self.reached: dict[str, dict[int, list[str]]] = {}
        self.mentions = mentions([Path(source), TESTS])
        self.found_by: dict[tuple[str, str], list[str]] = {}  # the last is the likeliest again
        self.seen: coverage.Coverage | None = None  # while it looks
        self.tell: int | None = None  # in the child of a mutant: where it says what found it

    def pytest_configure(self) -> None:
        """Hypothesis draws the same examples each time and does not look for smaller ones."""
        settings.register_profile(
            "mutants", settings.get_profile("pingyi"),
            derandomize=True, database=None, phases=(Phase.explicit, Phase.generate),
        )  # fmt: skip
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        if call.excinfo is None or call.excinfo.errisinstance(pytest.skip.Exception):
            return
        if self.tell is not None:
            os.write(self.tell, item.nodeid.encode())
            os._exit(1)
        self.failed.append(f"{item.nodeid}: {call.excinfo.exconly()}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = session.items
        first = next((one for one in items if "db" in getattr(one, "fixturenames", ())), items[0])
        self.run([first], items[-1])  # sets the database up
        _status, seen = forked(lambda tell: self.look(items, tell))
        self.failed, self.seconds, self.reached, threaded = pickle.loads(seen)
        if self.failed or session.testsfailed:
            return True
        # One test of each file warms up what Django keeps: addresses, templates.
        warming = {one.path: one for one in items if one.nodeid not in threaded}
        self.run(list(warming.values()), items[-1])
        self.caches = own_caches()
        gc.collect()
        gc.freeze()  # the collector of a child does not touch, and so copy, what it inherits
        for mutant in self.mutants:
            self.outcomes[mutant] = self.outcome(session, mutant)
            print(
                ".?T"[[KILLED, SURVIVED, TIMED_OUT].index(self.outcomes[mutant])],
                end="",
                file=sys.__stderr__,
                flush=True,
            )
        return True

    def run(self, items: Sequence[pytest.Item], last: pytest.Item) -> None:
        """One after the other; what they share of fixtures stays up for `last`, and with them the
        last test itself, if it was among them: it is taken down before it is set up again.
        """
        items[0].session._setupstate.teardown_exact(items[0].parent)
        for item, following in pairwise([*items, last]):
            if self.tell is not None:
                bound_processor(SPARE_SECONDS + 10 * self.seconds[item.nodeid])
            began = time.perf_counter()  # of the clock: a child that is waited for counts as well
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            self.seconds[item.nodeid] = time.perf_counter() - began

    def look(self, items: Sequence[pytest.Item], tell: int) -> None:
        """Runs each test once as the source stands: what it reaches, what it takes."""
        folders = [f"{self.source}/*", f"{TESTS}/*"]
        self.seen = seen = coverage.Coverage(data_file=None, include=folders, config_file=False)
        seen.start()
        self.run(items, items[-1])
        seen.stop()
        data = seen.get_data()
        needed = {f"{self.source}/{mutant.file}" for mutant in self.mutants}
        for mutant in self.mutants:
            if mutant.is_constant:
                needed |= {one.file for one in self.mentions.readers_of(constant(mutant))}
        reached = {file: data.contexts_by_lineno(file) for file in needed}
        threaded = [
            set().union(*data.contexts_by_lineno(file).values())
            for file in data.measured_files()
            if any(fnmatch(file, f"{self.source}/{pattern}") for pattern in THREADED)
        ]
        answer = self.failed, self.seconds, reached, set().union(*threaded)
        with os.fdopen(tell, "wb") as pipe:
            pickle.dump(answer, pipe)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if self.seen is not None:
            self.seen.switch_context(item.nodeid)

    def tests_of(self, mutant: Mutant, items: Sequence[pytest.Item]) -> list[pytest.Item]:
        """The tests that reach the fault, those first that found another one there, then the
        quickest.
        """
        file = f"{self.source}/{mutant.file}"
        names = self.reaching(file, mutant.lines) or self.reaching(file, mutant.span)
        if mutant.is_constant:
            name = constant(mutant)
            for one in self.mentions.readers_of(name):
                names |= self.reaching(one.file, one.lines)
            if self.mentions.is_met_while_loading(name):
                names = {item.nodeid for item in items}
        before = self.found_by.get((mutant.file, mutant.place), [])
        return sorted(
            (item for item in items if item.nodeid in names),
            key=lambda item: (
                -before.index(item.nodeid) if item.nodeid in before else 1,
                self.seconds[item.nodeid],
            ),
        )

    def reaching(self, file: str, lines: range) -> set[str]:
        """The tests that reach one of the lines."""
        reached = self.reached.get(file, {})
        return set().union(*(reached.get(line, ()) for line in lines))

    def outcome(self, session: pytest.Session, mutant: Mutant) -> str:
        """Forks, waits, and remembers which test found the fault."""
        items = self.tests_of(mutant, session.items)
        if not items:
            return SURVIVED
        status, told = forked(lambda tell: self.try_out(mutant, items, tell))
        if os.WIFSIGNALED(status):
            late = os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL}
            return TIMED_OUT if late else KILLED
        if finder := told.decode():
            found_by = self.found_by.setdefault((mutant.file, mutant.place), [])
            found_by[:] = [*(name for name in found_by if name != finder), finder]
        return KILLED if os.WEXITSTATUS(status) else SURVIVED

    def try_out(self, mutant: Mutant, items: Sequence[pytest.Item], tell: int) -> None:
        """In the child."""
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.alarm(CLOCK_SECONDS)
        self.tell = tell
        swap(mutant, self.mentions)
        for cache in self.caches:
            cache.cache_clear()
        self.run(items, items[-1])


def bound_processor(seconds: float) -> None:
    """Ends this process (SIGXCPU) where it works so much longer than it has until now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _now, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(
        resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, most)
    )


def forked(work: Callable[[int], None]) -> tuple[int, bytes]:
    """Does the work in a child: its status, 0 only where nothing was raised, and what it told."""
    heard, tell = os.pipe()
    child = os.fork()
    if not child:
        try:
            work(tell)
            os._exit(0)
        except BaseException:  # noqa: BLE001  whatever happens, this process goes no further
            os._exit(1)
    os.close(tell)
    with os.fdopen(heard, "rb") as pipe:
        told = pipe.read()
    return os.waitpid(child, 0)[1], told


def own_caches() -> list[Any]:
    """What functions of the house and its tests remember from one call to the next."""
    found = [one for one in gc.get_objects() if type(one) is functools._lru_cache_wrapper]
    return [one for one in found if one.__module__.startswith(("pingyi", "tests"))]


def constant(mutant: Mutant) -> Name:
    """The name of a constant, with its module."""
    return "pingyi." + mutant.file.removesuffix(".py").replace("/", "."), mutant.place


def swap(mutant: Mutant, mentioned: Mentions) -> None:
    """Puts the fault into the loaded module, wherever its functions are already known by name."""
    name = constant(mutant)
    import_module(name[0])
    if mutant.is_constant:
        replace_constant(name, compiled(mutant.code), mentioned)
    else:
        replace_function(name, compiled(mutant.code))


def compiled(code: str | ast.Module) -> CodeType:
    flag = __future__.annotations.compiler_flag
    return compile(code, "mutant", "exec", flags=flag, dont_inherit=True)


def replace_function(name: Name, code: CodeType) -> None:
    names, place = vars(sys.modules[name[0]]), name[1]
    scope = dict(names)
    exec(code, scope)
    old, new = function(names, place), function(scope, place)
    old.__code__ = new.__code__
    old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__


def function(names: dict[str, Any], place: str) -> FunctionType:
    """The plain function inside a property, a class method or a decorator."""
    first, _dot, method = place.partition(".")
    found = vars(names[first])[method] if method else names[first]
    if isinstance(found, property):
        found = found.fget
    elif isinstance(found, functools.cached_property):
        found = found.func
    plain = inspect.unwrap(getattr(found, "__func__", found))
    assert isinstance(plain, FunctionType), place
    return plain


def replace_constant(name: Name, code: CodeType, mentioned: Mentions) -> None:
    """The constants made of it are made anew, and the default values that mention one of them;
    what a class took of it while it was built stays.
    """
    put(name, code)
    for made in mentioned.derived(name):
        if made[0] in sys.modules:
            put(made, compiled(ast.Module([mentioned.statements[made]], [])))
    for reader in mentioned.readers_of(name):
        if reader.defaults and reader.module in sys.modules:
            replace_function((reader.module, reader.place), compiled(reader.defaults))


def put(name: Name, code: CodeType) -> None:
    """Makes a constant anew in its module and where other modules took it from this one by name."""
    names = vars(sys.modules[name[0]])
    old = names[name[1]]
    exec(code, names)
    for key, other in [*sys.modules.items()]:
        if key.startswith(("pingyi", "tests")) and vars(other).get(name[1]) is old:
            setattr(other, name[1], names[name[1]])
