"""Report as a Word document."""
