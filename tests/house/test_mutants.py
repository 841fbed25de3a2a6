"""What `make mutants` plants, whom it asks and what it lets live, seen on made-up modules."""

import os
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.mutants import __main__ as command
from tests.mutants.mentions import mentions
from tests.mutants.planting import mutants
from tests.mutants.trying import SURVIVED, bound_processor, compiled, forked, replace_constant

WORDS = '''
"""Made up."""

SPOKEN = {"kind": "branch committee"}
"""Words."""
KNOWN = {word for words in SPOKEN.values() for word in words.split()}
LIMIT = 3


def known(word):
    return word in KNOWN


def few(words, most=LIMIT):
    return len(words) < most


def silent():
    return None
'''
READING = """
from tests_made_up import words
from tests_made_up.words import KNOWN, LIMIT

SORTED = sorted(words.KNOWN)


class Reader:
    def first(self):
        return SORTED[0]

    def many(self, words, *, least=LIMIT):
        return len(words) >= least
"""
RULES = '''
def why_not(count: int, most: int = 5) -> "Refusal | None":
    """A sentence is left as it is, its code is not."""
    if count < most:
        return None
    raise Refusal(_("More than {most}.").format(most=most + 1), code="too_many")
'''


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """A package of two modules, loaded, and what its constants are mentioned by."""
    folder = tmp_path / "tests_made_up"
    folder.mkdir()
    for name, text in (("__init__", ""), ("words", WORDS), ("reading", READING)):
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    import_module("tests_made_up.reading")
    yield folder
    for name in [name for name in sys.modules if name.startswith("tests_made_up")]:
        del sys.modules[name]


@pytest.fixture
def rules(tmp_path):
    """A file of rules, and its mutants as it stands at the moment."""
    path = tmp_path / "room" / "rules.py"
    path.parent.mkdir()
    path.write_text(RULES, encoding="utf-8")
    return path, lambda: mutants(path, tmp_path)


def plant(made_up, name, changed):
    """Puts the one fault of a constant that brings this about into the loaded modules."""
    (fault,) = [
        one
        for one in mutants(made_up / "words.py", made_up.parent)
        if one.place == name and changed in one.code
    ]
    constant = ("tests_made_up.words", name)
    replace_constant(constant, compiled(fault.code), mentions([made_up]))


def test_a_comparison_a_default_and_a_code_are_changed_and_no_sentence_is(rules):
    _path, planted = rules
    changed = {one.diff.splitlines()[-1] for one in planted()}
    refused = 'raise Refusal(_("More than {most}.").format(most=most + 1), code='
    assert changed == {
        '+ def why_not(count: int, most: int = 6) -> "Refusal | None":',
        "+ if count <= most:",
        f"+ {refused}None)",
        f'+ {refused}"XXtoo_manyXX")',
        f"+ {refused.removesuffix('code=')})",
    }


def test_a_fault_keeps_its_key_where_its_lines_move_and_loses_it_where_they_change(rules):
    path, planted = rules
    keys = {one.key for one in planted()}
    assert len(keys) == 5
    path.write_text(f"import math\n{RULES}", encoding="utf-8")
    assert keys == {one.key for one in planted()}
    path.write_text(RULES.replace("count < most", "count < most - 1"), encoding="utf-8")
    assert len(keys - {one.key for one in planted()}) == 1


def test_what_is_made_of_a_constant_is_made_anew_wherever_it_is_known(made_up):
    words, reading = import_module("tests_made_up.words"), import_module("tests_made_up.reading")
    assert words.known("branch")
    plant(made_up, "SPOKEN", "XXbranch")
    assert {"XXbranch", "committeeXX"} == words.KNOWN
    assert not words.known("branch")
    assert reading.KNOWN is words.KNOWN
    assert reading.Reader().first() == "XXbranch"


def test_a_default_value_follows_its_constant(made_up):
    words, reading = import_module("tests_made_up.words"), import_module("tests_made_up.reading")
    assert not words.few("abc")
    assert reading.Reader().many("abc")
    plant(made_up, "LIMIT", "4")
    assert words.few("abc")
    assert not reading.Reader().many("abc")


def test_a_constant_is_tried_by_those_who_read_it_or_what_is_made_of_it(made_up):
    found = mentions([made_up])
    for name, readers in {
        "SPOKEN": {"known", "Reader.first"},
        "KNOWN": {"known", "Reader.first"},
        "LIMIT": {"few", "Reader.many"},
    }.items():
        constant = ("tests_made_up.words", name)
        assert {one.place for one in found.readers_of(constant)} == readers
        assert not found.is_met_while_loading(constant)


def test_a_constant_that_a_class_is_built_with_is_tried_by_everybody(made_up):
    text = WORDS + "\n\nclass Row:\n    kinds = KNOWN\n"
    (made_up / "words.py").write_text(text, encoding="utf-8")
    found = mentions([made_up])
    for name, by_everybody in (("SPOKEN", True), ("KNOWN", True), ("LIMIT", False)):
        assert found.is_met_while_loading(("tests_made_up.words", name)) is by_everybody


@pytest.mark.parametrize(("reason", "code"), [("", 1), ("equal: nobody counts so far", 0)])
def test_a_listed_survivor_lives_only_with_a_reason(
    reason, code, rules, tmp_path, monkeypatch, capsys
):
    path, planted = rules
    survivor = planted()[0]
    listed = tmp_path / "may_live.toml"
    listed.write_text(
        f'[[may_live]]\nkey = "{survivor.key}"\nfile = "{survivor.file}"\nreason = "{reason}"\n',
        encoding="utf-8",
    )
    for name, value in {
        "SOURCE": tmp_path,
        "OUTCOMES": tmp_path,
        "LIST": listed,
        "files": lambda _room: [path],
        "try_room": lambda _room, tried, _tests: dict.fromkeys(tried, SURVIVED),
    }.items():
        monkeypatch.setattr(command, name, value)
    assert command.one_room("room", False, "", [survivor.key], []) == code
    assert (survivor.key in capsys.readouterr().out) is bool(code)


def test_what_never_ends_is_ended():
    def work(tell):
        bound_processor(0)
        while True:
            pass

    status, _told = forked(work)
    assert os.WTERMSIG(status) == signal.SIGXCPU


TRIED = """
LIMIT = 3


def fits(number):
    return number < LIMIT


def more(number):
    return number + 1
"""
TESTS = """
import pytest
from pingyi.rules import fits, more


@pytest.mark.parametrize("number", [2, 3])
def test_numbers_below_three_fit(number):
    assert fits(number) == (number == 2)


@pytest.mark.parametrize("number", [7])
def test_this_one_reaches_everything_and_finds_nothing(number):
    fits(number), more(number)
"""
TRY_OUT = """
import sys
from pathlib import Path

import pytest
from hypothesis import settings
from tests.mutants.planting import mutants
from tests.mutants.trying import Trials

settings.register_profile("pingyi", deadline=None)
source = Path("src/pingyi").resolve()
trials = Trials(mutants(source / "rules.py", source), str(source))
pytest.main(["-q", "-pno:randomly", "-pno:cacheprovider", "test_rules.py"], plugins=[trials])
for mutant, outcome in trials.outcomes.items():
    print(outcome, mutant.place, mutant.diff.splitlines()[-1])
"""


def test_every_fault_is_told_that_no_test_finds_and_no_other(tmp_path):
    """Also where the last test of all is the first that is asked: it was run before."""
    for name, text in {
        "src/pingyi/__init__.py": "",
        "src/pingyi/rules.py": TRIED,
        "test_rules.py": TESTS,
        "pytest.ini": "[pytest]",
        "try_out.py": TRY_OUT,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = subprocess.run(
        [sys.executable, "try_out.py"],
        cwd=tmp_path,
        env={"PATH": os.defpath, "PYTHONPATH": f"src:{Path(__file__).parents[2]}"},
        capture_output=True,
        text=True,
        check=True,
    )
    told = [line for line in found.stdout.splitlines() if line.startswith(("killed", "survived"))]
    assert told == [
        "killed LIMIT + LIMIT = None",
        "killed LIMIT + LIMIT = 4",
        "killed fits + return number <= LIMIT",
        "survived more + return number - 1",
        "survived more + return number + 2",
    ]
