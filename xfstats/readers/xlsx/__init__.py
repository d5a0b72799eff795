"""Workbooks of Office Open XML by columns, as docs/reading-xlsx.md draws it."""
