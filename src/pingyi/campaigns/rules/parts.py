"""What the parts of a pack are made of: codes, texts, exact shares, and their common base."""

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from pingyi.core.fractions import parse_fraction

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Text = Annotated[str, Field(min_length=1)]


def _exact(value: Any) -> Any:
    if isinstance(value, float):
        # pydantic turns a ValueError into a problem of the key, a TypeError into a crash.
        raise ValueError(  # noqa: TRY004  see above
            'write it as text, such as "1/3" or "60%": a float is never exact'
        )
    return parse_fraction(value) if isinstance(value, str) else value


# An exact fraction written as text: "1/3", "60%" (rulebook §2).
Exact = Annotated[Fraction, BeforeValidator(_exact), PlainSerializer(str)]


class Part(BaseModel):
    """Base of every piece: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)
