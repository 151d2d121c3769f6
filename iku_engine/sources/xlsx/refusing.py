"""Why a workbook, or a sheet of it, is not read; goes from the child process to the parent."""

from __future__ import annotations

from collections.abc import Sequence

SAVE_AGAIN = "open it in a spreadsheet program and save it again as `.xlsx`"


class RefusedWorkbookError(Exception):
    """Ends the reading of a workbook; never leaves the sources.

    `what` goes behind the name of the file: "`data.xlsx` has no sheet `Rekap`". `near` is a word
    and those it may have meant.
    """

    def __init__(
        self,
        code: str,
        what: str,
        help_text: str = "",
        near: tuple[str, Sequence[str]] | None = None,
    ) -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.help = help_text
        self.near = near


def damaged() -> RefusedWorkbookError:
    """The refusal of a file that is no workbook."""
    return RefusedWorkbookError("IKU401", "is not an XLSX workbook, or is damaged", SAVE_AGAIN)


def too_large() -> RefusedWorkbookError:
    """The refusal of a sheet whose cells reach too far, or are too many."""
    return RefusedWorkbookError(
        "IKU411",
        "has a sheet with more cells than are read",
        "delete what stands far to the right or far below the table, or split the sheet",
    )
