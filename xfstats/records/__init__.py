"""A sheet and its schema become typed records, each row with its status and reason."""
