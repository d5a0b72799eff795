"""Column-wise reader of Office Open XML workbooks; docs/reading-xlsx.md describes it."""
