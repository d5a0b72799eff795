"""Records → whole numbers per group."""
