"""Tables and reports as workbooks."""
