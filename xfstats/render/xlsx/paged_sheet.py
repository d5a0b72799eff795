"""Worksheets whose page numbers stand at the outer edge of odd and of even pages, which XlsxWriter has no method for."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet


class PagedSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """Worksheet with a footer of its own on even pages; the header is that of odd ones."""

    _even_footer = ""

    def set_outer_footers(self, odd: str, even: str) -> None:
        """Set the footers of odd and of even pages."""
        self.set_footer(odd, {"scale_with_doc": False})
        self._even_footer = even

    def _write_header_footer(self) -> None:
        """Write the headers and footers, in the order of the schema."""
        if not self._even_footer:
            super()._write_header_footer()
            return
        self._xml_start_tag("headerFooter", [("differentOddEven", 1), ("scaleWithDoc", 0)])
        for element, text in (
            ("oddHeader", self.header),
            ("oddFooter", self.footer),
            ("evenHeader", self.header),
            ("evenFooter", self._even_footer),
        ):
            self._xml_data_element(element, text)
        self._xml_end_tag("headerFooter")
