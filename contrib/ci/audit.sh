#!/usr/bin/env bash
# Asks the database of advisories about every dependency, with the extras, in the newest versions that fit: `make audit`.
# It needs the network, and what it says changes from day to day: a job of its own, not of the gate.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
quiet=(--quiet --disable-pip-version-check)

"$python" -m venv "$work/tools"
"$work/tools/bin/python" -m pip install "${quiet[@]}" pip-audit
"$python" -m venv "$work/empty"
"$work/empty/bin/python" -m pip install "${quiet[@]}" '.[docx,templates,plots,workdays,cluster]'
"$work/empty/bin/python" -m pip freeze --exclude xfstats >"$work/requirements.txt"
"$work/tools/bin/pip-audit" --requirement "$work/requirements.txt" --no-deps --disable-pip --strict --progress-spinner off
