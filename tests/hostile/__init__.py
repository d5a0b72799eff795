"""Hostile files: bytes that we build ourselves, each with the outcome that the design demands."""
