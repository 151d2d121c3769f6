"""What every form has: known keys only."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Form(BaseModel):
    """A mapping of a definition file with known keys only."""

    model_config = ConfigDict(extra="forbid", frozen=True)
