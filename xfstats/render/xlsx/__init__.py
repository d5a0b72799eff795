"""Tables and reports as Excel workbooks."""
