"""JSON Schemas (2020-12) of all JSON that is printed, each complete in itself."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

SCHEMAS = ("summarize", "deadlines", "inspect", "explain", "verify", "check", "log")
"""Commands whose JSON has a schema, and `log`: a line on stderr with `--log-format json`."""


def json_schema(name: str = "summarize") -> str:
    """Return the schema of a command's JSON, or of a log line, with the definitions that it needs."""
    plain = _packaged(name)
    if name != "summarize":
        report = _packaged("summarize")
        shared = {**report.pop("$defs"), "report": {key: value for key, value in report.items() if not key.startswith("$")}}
        plain["$defs"] = {**_needed(plain, shared), **plain.get("$defs", {})}
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _packaged(name: str) -> dict[str, Any]:
    """Return a packaged schema as plain values."""
    plain: dict[str, Any] = json.loads(Path(__file__).with_name("schemas").joinpath(f"{name}.json").read_text("utf-8"))
    return plain


def _needed(plain: Any, shared: dict[str, Any]) -> dict[str, Any]:
    """Return the shared definitions that a schema refers to, and those that they refer to."""
    found: dict[str, Any] = {}
    waiting = [plain]
    while waiting:
        for name in re.findall(r"#/\$defs/([a-z_]+)", json.dumps(waiting.pop())):
            if name in shared and name not in found:
                found[name] = shared[name]
                waiting.append(shared[name])
    return dict(sorted(found.items()))
