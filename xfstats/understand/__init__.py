"""Sheet → records, rejects and evidence."""
