"""Schema inference: the header, which column serves which field, its type, the kind of log."""
