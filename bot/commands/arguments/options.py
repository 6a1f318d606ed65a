"""Options that several commands take."""

from __future__ import annotations

from typing import Annotated

import typer

Branch = Annotated[str | None, typer.Option(metavar="NAME", help="Only this branch.")]
