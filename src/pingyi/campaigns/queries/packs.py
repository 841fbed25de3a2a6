"""Packs: those found in the folders of the settings, and the one a campaign was opened with."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pingyi.campaigns.doors import TABLE_MEASURES
from pingyi.campaigns.rules.pack import Flag, Pack, Plan, Stage
from pingyi.campaigns.rules.reading import FILE_NAME, PackProblems, Problem, read_pack
from pingyi.organizations import queries as ground
from pingyi.organizations.enums import Level, OrganizationKind

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign


PARAMETERS = ("value", "expected", "limit", "detail", "folder", "line", "column")


@dataclass(frozen=True)
class PackInfo:
    """A pack folder: the pack where it can be used, otherwise every problem as a sentence."""

    code: str
    folder: Path
    pack: Pack | None
    problems: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What people call it; the folder's name where the pack cannot be read."""
        return self.pack.name if self.pack else self.code


def known_packs() -> list[PackInfo]:
    """Every pack of the settings' folders, by code. Of two with one code the first folder's is
    used; the other one stands behind it and says why it is not.
    """
    found: dict[str, PackInfo] = {}
    taken: list[PackInfo] = []
    for top in settings.PACK_DIRS:
        for file in sorted(Path(top).glob(f"*/{FILE_NAME}")):
            code = file.parent.name
            if code in found:
                taken.append(_taken(file.parent, found[code].folder))
            else:
                found[code] = pack_info(file.parent)
    return sorted([*found.values(), *taken], key=lambda info: info.code)


def _taken(folder: Path, by: Path) -> PackInfo:
    params = {"value": folder.name, "folder": str(by)}
    problem = Problem("code", "code_is_taken", params)
    return PackInfo(folder.name, folder, None, (problem_sentence(problem, str(folder)),))


def known_pack(code: str) -> PackInfo | None:
    """The pack with this code, readable or not; None where there is no such folder."""
    return next((info for info in known_packs() if info.code == code), None)


def known_problems(info: PackInfo) -> tuple[str, ...]:
    """What is wrong with a pack, also what only shows beside the register of this installation."""
    if info.pack is None:
        return info.problems
    file = f"{info.folder.name}/{FILE_NAME}"
    return tuple(problem_sentence(found, file) for found in register_problems(info.pack))


def pack_info(folder: Path) -> PackInfo:
    """The pack in a folder, or what is wrong with it."""
    try:
        return PackInfo(folder.name, folder, read_pack(folder, measures=TABLE_MEASURES))
    except PackProblems as found:
        sentences = tuple(problem_sentence(problem, found.file) for problem in found.problems)
        return PackInfo(folder.name, folder, None, sentences)


_read: dict[str, Pack] = {}


def pack_of(campaign: "Campaign") -> Pack:
    """The pack as it was when the campaign opened. Kept in memory by its hash."""
    known = _read.get(campaign.pack_hash)
    if known is None:
        known = _read[campaign.pack_hash] = Pack.model_validate(campaign.pack_copy.content)
    return known


def called(plan: Plan | None) -> str:
    """What a pack calls a kind of work, in the reader's language as far as it has it; nothing where
    it does not say.
    """
    if plan is None:
        return ""
    return plan.name if _is_chinese() else plan.name_en or plan.name


def label_of(piece: Stage | Flag) -> str:
    """What a pack calls a stage or a flag, in the reader's language as far as it has it."""
    return piece.label if _is_chinese() else piece.label_en or piece.label


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def register_problems(pack: Pack) -> list[Problem]:
    """What the pack counts by and the register does not know: levels, sectors, categories."""
    sectors = {sector.code for sector in ground.sectors()}
    categories = {category.code for category in ground.post_categories()}
    found = _unknown("reporting_levels", pack.reporting_levels, Level.values)
    for form in pack.appraisal.forms if pack.appraisal is not None else []:
        key = f"appraisal.forms.{form.code}"
        if form.units is not None:
            found += _unknown(f"{key}.units.levels", form.units.levels, Level.values)
            found += _unknown(f"{key}.units.kinds", form.units.kinds, OrganizationKind.values)
            found += _unknown(f"{key}.units.sectors", form.units.sectors, sectors)
        if form.people is not None:
            found += _unknown(f"{key}.people.categories", form.people.categories, categories)
    lists = [sectors, categories]
    for table in pack.tables:
        columns = [column.code for block in table.blocks for column in block.columns]
        # All columns of a table come from one list: the one that knows most of them.
        known = max(lists, key=lambda codes: len(codes & set(columns)))
        found += [
            Problem(f"tables.{table.code}.blocks.{code}", "not_in_register", {"value": code})
            for code in columns
            if code not in known
        ]
    return found


def _unknown(key: str, codes: Iterable[str], known: Container[str]) -> list[Problem]:
    """Codes of a pack that the register does not know."""
    return [Problem(key, "not_in_register", {"value": code}) for code in codes if code not in known]


def problem_sentence(problem: Problem, file: str = "") -> str:
    """A problem in plain words: file, dotted key, what is wrong and how to mend it."""
    words = dict.fromkeys(PARAMETERS, "")
    words.update(problem.params)
    sentences = (
        _sentences()
        | _sentences_of_contradictions()
        | _sentences_of_scores()
        | _sentences_of_slips()
    )
    sentence = sentences.get(problem.code, sentences["wrong"]) % words
    where = " ".join(part for part in (file, problem.key) if part)
    return _("%(where)s: %(sentence)s") % {"where": where, "sentence": sentence}


def _sentences() -> dict[str, str]:
    return {
        "no_file": _("The file is missing."),
        "not_utf8": _("The file is not UTF-8 text. Save it as UTF-8."),
        "no_file_but_folder": _("This is a folder. Put the text of the pack into a file."),
        "not_readable": _("The file cannot be read: %(detail)s."),
        "too_large_a_file": _("The file is larger than a megabyte; a pack has some pages."),
        "code_is_taken": _(
            "The code “%(value)s” is taken by the pack in %(folder)s, and this one is not used. "
            "Give it another code and rename its folder."
        ),
        "not_toml": _("The file is not TOML. Compare it with a pack that comes with the program."),
        "not_toml_here": _(
            "The file is not TOML from line %(line)s, column %(column)s on (“%(value)s”). Look "
            "there for a quotation mark, a comma, a bracket or “=” that is missing or too much, or "
            "for a key that is given twice."
        ),
        "not_the_folder": _("The code “%(value)s” must be the name of the folder, “%(folder)s”."),
        "missing": _("This is missing. Add it."),
        "unknown_key": _("There is no such key. Remove it or correct its spelling."),
        "not_text": _("“%(value)s” is not text. Put it in quotation marks."),
        "empty": _("This is empty. Write something here."),
        "too_long": _("This is longer than %(limit)s characters. Shorten it."),
        "not_a_code": _(
            "“%(value)s” is not a code. Use small letters, digits and underscores, "
            "beginning with a letter."
        ),
        "too_few": _("At least %(limit)s entries are needed here."),
        "too_many": _("At most %(limit)s entries are allowed here."),
        "not_one_of": _("“%(value)s” is not allowed here. Use one of: %(expected)s."),
        "not_a_list": _("This must be a list."),
        "not_a_table": _("This must be a group of keys."),
        "not_true_or_false": _("“%(value)s” must be true or false."),
        "not_a_number": _("“%(value)s” is not a whole number."),
        "not_a_date": _("“%(value)s” is not a date such as 2011-06-28."),
        "not_a_fraction": _(
            '“%(value)s” is not an exact fraction. Write it as text, such as "1/3" or "60%%".'
        ),
        "too_small": _("“%(value)s” is too small. The least is %(limit)s."),
        "too_large": _("“%(value)s” is too large. The most is %(limit)s."),
        "twice": _("“%(value)s” is defined twice. Keep one."),
        "not_defined": _("“%(value)s” is not defined. Defined are: %(expected)s."),
        "needs_round": _("“%(value)s” is counted round by round. Name the round of the row."),
        "ends_before_it_begins": _("%(value)s is before %(expected)s, the day it opens."),
        "below_or_above": _("Give exactly one of “below” and “above”."),
        "not_in_register": _("The register does not know “%(value)s”."),
        "wrong": _("This value is not right: %(detail)s"),
    }


def _sentences_of_contradictions() -> dict[str, str]:
    return {
        "round_out_of_order": _(
            "%(value)s is before the round “%(expected)s”, which stands above. Put the rounds in "
            "their order."
        ),
        "due_before_it_begins": _(
            "%(value)s is before %(expected)s, the day on which the round begins."
        ),
        "tier_of_nobody": _("No tier is called “%(value)s”. There are: %(expected)s."),
        "label_twice": _("Two are called “%(value)s”. Nobody can tell them apart: rename one."),
        "one_stage_counts": _(
            "Exactly one stage must be of the kind “count”; here are: %(value)s."
        ),
        "meeting_of_nobody": _(
            "Who was due and present is recorded by strata, and there are none: give one, or make "
            "this a stage of the kind “record”."
        ),
        "one_overall_item": _("Exactly one item must be “overall”; here are: %(value)s."),
        "two_options_count": _("At least two options must not be “outside”."),
        "members_only": _("This is for ballots on members only, and this ballot is on a unit."),
        "selects_nothing": _("Say which organizations: give at least one of %(expected)s."),
        "people_say_who": _("“people” says who has a row. Take “graded” out."),
        "weight_needs_apart": _(
            "Ballots can be weighted only where each stratum is counted by itself: give "
            "appraisal.counting.apart = true."
        ),
        "apart_of_what": _("No strata are given that could be counted apart: give them."),
        "weights_make_no_whole": _(
            "Either no stratum has a weight, or all have one and they make 1 together; here are: "
            "%(value)s."
        ),
        "categories_or_named": _("Give exactly one of “categories” and “named”."),
        "no_share": _("“%(value)s” is no share: more than nothing and at most 1, that is 100%%."),
        "outside_the_base": _(
            "“%(value)s” is outside the base, so the rate could exceed 100%%. Take it out of “of”, "
            'or give over = "valid".'
        ),
        "no_quorum": _("There is no quorum that could be missed: give appraisal.counting.quorum."),
        "no_least": _("No stratum has a least number that could be missed: give one “least”."),
        "no_meeting_before": _(
            "Who is present is recorded in a stage of the kind “meeting”, and none stands before "
            "the count: put one there, or take this flag out."
        ),
        "not_on_the_ballot": _(
            "No answer of the rate “%(value)s” stands on this ballot, which has: %(expected)s."
        ),
    }


def _sentences_of_scores() -> dict[str, str]:
    return {
        "needs_scoring": _("Only a ballot with “scoring” has scores: give it, or take this out."),
        "outside_has_no_score": _(
            "An answer outside the base has no score: take the score out, or “outside”."
        ),
        "no_points": _("“%(value)s” is no score: from 0 to %(limit)s points."),
        "all_score_alike": _(
            "All answers are worth %(value)s points, so that every score is the same: tell them "
            "apart."
        ),
        "group_of_nothing": _("No item is in this group: name it in an item, or take it out."),
        "no_whole": _(
            "Each weight must be more than nothing, and together they must make 1; here are: "
            "%(value)s."
        ),
    }


def _sentences_of_slips() -> dict[str, str]:
    return {
        "control_sign": _("There is a sign in this text that is not printed. Type the text anew."),
        "day_of_no_use": _("%(value)s is no day of a campaign: from %(expected)s to %(limit)s."),
        "issued_after_all": _(
            "The notice of %(value)s comes after the last round, which ends on %(expected)s."
        ),
        "reserved": _(
            "“%(value)s” has a meaning of its own beside the options. Give this option another "
            "code."
        ),
        "units_only": _(
            "This is for ballots on organizations only, and this ballot is on people: take it out."
        ),
        "quota_of_nothing": _(
            "A quota of %(value)s says nothing: give a share between nothing and all, or take it "
            "out."
        ),
        "quotas_leave_out": _(
            "Every grade has a quota, and together they are only %(value)s of the people: leave "
            "one without."
        ),
        "quorum_of_more_than_all": _(
            'More than all can never be present: give quorum_reached = "at_least", or a smaller '
            "share."
        ),
        "always_whole": _(
            "This rate has every answer of a ballot and is always 100%%. Take one out of “of”."
        ),
        "never_raised": _(
            "Nothing is more than all, so that this flag is never raised. Give a smaller share."
        ),
        "on_both_sides": _("“%(value)s” stands on both sides. Take it out of one."),
        "no_round_here": _("“%(value)s” is not counted round by round. Take the round out."),
    }
