"""What a pack says (N3, N13, N19): pure data, validated by pydantic, read from pack.toml.

Everything a campaign calls by name - rounds, parts, themes, ballot forms, grades, strata, rates,
flags, tables - stands here as data. Codes are stable ASCII words; labels are what people read.
Whether the codes that a pack refers to exist is checked by `campaigns.rules.references`.
"""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from pingyi.campaigns.rules.decision import Decision
from pingyi.campaigns.rules.judged import JudgedPeople, JudgedUnits
from pingyi.campaigns.rules.parts import Code, Exact, Part, Text
from pingyi.campaigns.rules.scoring import Scoring

# Also the name of the folder, and a part of addresses.
PACK_CODE = r"^[a-z0-9][a-z0-9-]*$"


class Document(Part):
    """The notice behind the campaign."""

    number: Text
    title: Text
    office: Text
    issued_on: date


class RoundPlan(Part):
    """A round and the days it proposes."""

    code: Code
    name: Text
    opens_on: date
    closes_on: date


class DeadlinePlan(Part):
    """By when a tier sends its tables for a round."""

    round: Code
    tier: Code
    name: Text
    due_on: date


class Plan(Part):
    """Base of the two kinds of work: what this campaign calls it, in the words of its notice.

    Without a name pingyi says what such work is called in general.
    """

    name: str = ""
    name_en: str = ""


class Choice(Part):
    """A word people can choose: a form, a scope, a way, a theme, a stage."""

    code: Code
    label: Text
    hint: str = ""


class ReviewForm(Choice):
    """A form of review (点评形式); of one in writing nobody asks for the place."""

    has_place: bool = True


class ReviewPart(Part):
    """One of the three parts every review has, with the hint of what substance means (N5)."""

    label: Text
    hint: str = ""
    least_characters: Annotated[int, Field(ge=1)] = 10


class ReviewPlan(Plan):
    """How leaders review (N4-N6)."""

    achievements: ReviewPart
    problems: ReviewPart
    direction: ReviewPart
    forms: list[ReviewForm]
    themes: list[Choice]
    scopes: list[Choice]
    ways: list[Choice]
    # Texts at least this alike are shown side by side, 0-100 (rapidfuzz ratio).
    alike_from: Annotated[int, Field(ge=50, le=100)] = 85
    # The parts that name what is to be put right (N14).
    put_right: list[Literal["achievements", "problems", "direction"]] = ["problems"]


class Stratum(Part):
    """A part of the panel, with its least number present, and its weight where strata are counted
    apart (N13, ADR 0035).
    """

    code: Code
    label: Text
    # Who belongs to it, where its name does not say.
    hint: str = ""
    least: Annotated[int, Field(ge=0)] = 0
    weight: Exact | None = None


class Stage(Part):
    """One stage of an appraisal, in order (N7). `kind` says which page belongs to it."""

    code: Code
    label: Text
    label_en: str = ""
    kind: Literal["record", "meeting", "count", "report"]
    hint: str = ""


class Option(Part):
    """A grade or answer. `outside` answers are no part of the base (rulebook §1)."""

    code: Code
    label: Text
    outside: bool = False
    # Points of a ballot that is scored.
    score: Exact | None = None


class Item(Part):
    """A line of a ballot. `overall` marks the basic appraisal."""

    code: Code
    label: Text
    overall: bool = False
    # Of a ballot that is scored: its share of its group, or of the whole where there are none.
    weight: Exact | None = None
    group: Code | None = None


class BallotForm(Part):
    """A ballot: items x options, for an organization or a row per member (N8, N9)."""

    code: Code
    annex: Text
    # Whom it is about, in few words, where buttons name the annex: 对党组织.
    about: str = ""
    title: Text
    subject: Literal["organization", "member"]
    name_label: Text
    date_label: Text
    # What stands where the date is to be written: "年 月 日".
    date_blank: str = ""
    # Heading of the names, for a form with a row per member.
    member_label: str = ""
    items: Annotated[list[Item], Field(min_length=1)]
    options: Annotated[list[Option], Field(min_length=2)]
    opinions_label: str = ""
    rectification_label: str = ""
    note: str = ""
    # Members graded: everybody, or full members only (probationary members vote, ungraded).
    graded: Literal["all", "full"] = "all"
    # Which organizations have this ballot; without it all that have a sector.
    units: JudgedUnits | None = None
    # Who has a row, where that is not the members of the organization.
    people: JudgedPeople | None = None
    # The final grade of each subject, where somebody decides it.
    decision: Decision | None = None
    # How answers make a score, where they do.
    scoring: Scoring | None = None

    @property
    def called(self) -> str:
        """The annex and whom it is about, else its title: 附件4 alone says nothing to a teller."""
        return f"{self.annex}（{self.about}）" if self.about else f"{self.annex} {self.title}"


class Counting(Part):
    """How a box is counted (rulebook §1, ADR 0012)."""

    quorum: Exact | None = None
    # Present has to be more than the quorum of those due, or at least it (以上 includes it).
    quorum_reached: Literal["more", "at_least"] = "more"
    blank: Literal["abstain", "invalid"] = "abstain"
    # Sheets with all answers alike. For ways with single sheets; a teller's sums do not show them.
    straight_line: Literal["count", "flag", "void"] = "flag"
    self_vote: bool = False
    # The ballots of each stratum lie in a box of their own.
    apart: bool = False


class Band(Part):
    """A named stretch of a rate, from its lower end (which belongs to it) to the next band."""

    at_least: Exact
    label: Text


class Rate(Part):
    """A share of answers over the valid ballots of an item (rulebook §2)."""

    code: Code
    label: Text
    of: Annotated[list[Code], Field(min_length=1)]
    # valid = all valid ballots; base = valid without abstained, outside and void cells.
    over: Literal["valid", "base"] = "valid"
    formula: Text
    # What a good, fair or poor result is called; nothing is decided by it.
    bands: list[Band] = []


class Threshold(Part):
    """A flag on the rate of an item of a form."""

    kind: Literal["threshold"]
    code: Code
    label: Text
    label_en: str = ""
    form: Code
    item: Code
    rate: Code
    below: Exact | None = None
    above: Exact | None = None
    # Whether exactly the limit is flagged, too: 未过半数 includes the half.
    inclusive: bool = False
    advice: str = ""


class Quota(Part):
    """A flag when more members than allowed lead with an answer, as a share of full members."""

    kind: Literal["quota"]
    code: Code
    label: Text
    label_en: str = ""
    form: Code
    item: Code
    option: Code
    at_most: Exact
    advice: str = ""


class PanelShort(Part):
    """A flag when a stratum of the panel is below its least number."""

    kind: Literal["panel"]
    code: Code
    label: Text
    label_en: str = ""
    advice: str = ""


class QuorumMissed(Part):
    """A flag when fewer than the quorum were present."""

    kind: Literal["quorum"]
    code: Code
    label: Text
    label_en: str = ""
    advice: str = ""


Flag = Annotated[Threshold | Quota | PanelShort | QuorumMissed, Field(discriminator="kind")]


class AppraisalPlan(Plan):
    """How the masses appraise (N7-N9, N13)."""

    stages: Annotated[list[Stage], Field(min_length=1)]
    strata: list[Stratum]
    forms: Annotated[list[BallotForm], Field(min_length=1)]
    counting: Counting
    rates: list[Rate]
    flags: list[Flag] = []


class Column(Part):
    """A column of a table: the sector or post category it counts."""

    code: Code
    label: Text


class Block(Part):
    """Columns that stand side by side. With a key, the figures are kept apart under it."""

    key: str = ""
    columns: Annotated[list[Column], Field(min_length=1)]


class Row(Part):
    """A named measure and, where it has one, its round."""

    code: Code
    label: Annotated[list[Text], Field(min_length=1, max_length=2)]
    measure: Code
    round: Code | None = None


class Table(Part):
    """A statistical table: blocks of columns x rows of measures (N11)."""

    code: Code
    annex: Text
    title: Text
    unit_label: Text
    date_label: Text
    category_label: Text
    # Who signs at the foot: 负责人, 填表人, 联系电话.
    foot_labels: list[Text] = []
    rows: Annotated[list[Row], Field(min_length=1)]
    blocks: Annotated[list[Block], Field(min_length=1)]
    notes: list[Text] = []


CellName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]


class Check(Part):
    """What the notice asks of its figures: two sums of cells, and how they stand to each other.

    Cells are named as everywhere, `annex2.total.rural`; `annex2.total` is the sum of the row.
    """

    code: Code
    label: Text
    level: Literal["error", "warning"]
    left: Annotated[list[CellName], Field(min_length=1)]
    relation: Literal["equal", "at_most"]
    right: Annotated[list[CellName], Field(min_length=1)]


# A figure in the text of a bulletin: `{annex2.total}`.
KEY = re.compile(r"\{([^{}\s]*)\}")


def keys_in(text: str) -> list[str]:
    """What stands between braces in a text, each once, in its order."""
    return list(dict.fromkeys(KEY.findall(text)))


class BulletinPlan(Part):
    """What a bulletin or public notice begins with (N6, N18); whoever writes it goes on by hand.

    Figures are named as cells are, `{annex2.total}`, `{annex4.overall.satisfied}`;
    `{unit}`, `{round}` and `{campaign}` are names.
    """

    code: Code
    label: Text
    kind: Literal["bulletin", "notice"] = "bulletin"
    # The round whose rows it names; without one it is offered in each.
    round: Code | None = None
    title: Text
    text: Annotated[str, Field(min_length=1, max_length=8000)]


class Pack(Part):
    """A whole pack."""

    code: Annotated[str, Field(pattern=PACK_CODE, max_length=60)]
    name: Text
    document: Document
    # Organizations of these levels keep ledgers and fill in tables (the highest on each path).
    reporting_levels: Annotated[list[Code], Field(min_length=1)]
    rounds: Annotated[list[RoundPlan], Field(min_length=1)]
    deadlines: list[DeadlinePlan] = []
    review: ReviewPlan | None = None
    appraisal: AppraisalPlan | None = None
    tables: list[Table] = []
    checks: list[Check] = []
    bulletins: list[BulletinPlan] = []
    # Kinds of public commitments (N15); without any nobody makes one.
    commitments: list[Choice] = []
