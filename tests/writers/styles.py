"""Cell styles of a workbook, which here differ in their number format only."""

from collections.abc import Sequence

from .model import NumberFormat, Sheet

FIRST_CUSTOM_ID = 164


class Styles:
    """Number formats in use; style 0 is General."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        """Collect the formats of all cells, in order of appearance."""
        used = [number_format for sheet in sheets for row in range(1, sheet.height + 1) for _, _, number_format in sheet.row(row)]
        self._styles: dict[NumberFormat | None, int] = {None: 0}
        self.custom: dict[str, int] = {}
        for number_format in used:
            self._styles.setdefault(number_format, len(self._styles))
            if isinstance(number_format, str):
                self.custom.setdefault(number_format, FIRST_CUSTOM_ID + len(self.custom))

    def index(self, number_format: NumberFormat | None) -> int:
        """The style that shows this number format."""
        return self._styles[number_format]

    def ids(self) -> list[int]:
        """The numFmtId of each style, in order of their index."""
        return [self._id(number_format) for number_format in self._styles]

    def _id(self, number_format: NumberFormat | None) -> int:
        if isinstance(number_format, str):
            return self.custom[number_format]
        return number_format or 0
