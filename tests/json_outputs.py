"""Validation of JSON that the program prints in tests, by the schema that it names."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema

from xfstats.render.json_schemas import json_schema


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    """Return the validator of a schema."""
    return jsonschema.Draft202012Validator(json.loads(json_schema(name)))


def valid(plain: Any, name: str) -> Any:
    """Return the values after validation by the schema of a command, or of `log`."""
    _validator(name).validate(plain)
    return plain


def check(stdout: bytes, stderr: bytes) -> None:
    """Validate stdout where it is JSON that names its schema, and lines of stderr that are messages in JSON."""
    if stdout.startswith(b'{\n  "schema": "xfstats'):
        plain = json.loads(stdout)
        valid(plain, plain["schema"].partition("/")[0].partition(".")[2] or "summarize")
    for line in stderr.splitlines():
        if line.startswith(b'{"level": '):
            valid(json.loads(line), "log")
