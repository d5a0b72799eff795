#!/usr/bin/env bash
# Builds the sdist and the wheel, checks both, and runs the wheel in an empty environment without an index: `make packages`.
# The tools and the wheels of the dependencies come from the index that pip is set to; nothing is uploaded, .venv is not touched.
# Usage: contrib/ci/packages.sh [FOLDER]; the packages are left in FOLDER, dist/ where none is named.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=${PYTHON:-python3}
target=${1:-dist}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
quiet=(--quiet --disable-pip-version-check)

say() { printf '\n== %s\n' "$*"; }

say "tools"
"$python" -m venv "$work/tools"
"$work/tools/bin/python" -m pip install "${quiet[@]}" build twine check-wheel-contents

say "sdist, and the wheel from the sdist"
"$work/tools/bin/python" -m build --outdir "$work/dist" . >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
wheel=("$work"/dist/xfstats-*.whl)
sdist=("$work"/dist/xfstats-*.tar.gz)

say "twine check --strict, check-wheel-contents"
"$work/tools/bin/twine" check --strict "${wheel[0]}" "${sdist[0]}"
"$work/tools/bin/check-wheel-contents" --toplevel xfstats "${wheel[0]}"

say "the wheels of the dependencies, then an empty environment without an index"
"$work/tools/bin/python" -m pip download "${quiet[@]}" --dest "$work/wheelhouse" "${wheel[0]}[docx]"
"$python" -m venv "$work/empty"
"$work/empty/bin/python" -m pip install "${quiet[@]}" --no-index --find-links "$work/wheelhouse" "xfstats[docx]"

say "the demo, a report and its verification, out of reach of the sources"
mkdir "$work/run"
cp -R sample_data/city_2021 sample_data/messy "$work/run/"
(
  cd "$work/run"
  export PATH="$work/empty/bin:$PATH" LC_ALL=C.UTF-8
  unset PYTHONPATH
  version=$(xfstats --version)
  [ "${wheel[0]##*/}" = "xfstats-${version#xfstats }-py3-none-any.whl" ] || { echo "the wheel is not of $version"; exit 1; }
  [ "$(python -m xfstats --version)" = "$version" ]
  xfstats summarize city_2021
  xfstats report city_2021 -o report.docx -o report.xlsx -q || [ $? -eq 1 ]
  xfstats verify report.docx city_2021 -q >verified.txt || [ $? -eq 1 ]
  python -c 'import xfstats; print(xfstats.summarize("city_2021"))'
  test -f "$work/empty/share/man/man1/xfstats-report.1"
)

say "pyright --strict on the Python of both READMEs, as scripts of a user"  # it fetches itself from npm where there is no copy
"$work/tools/bin/python" -m pip install "${quiet[@]}" pyright
"$work/empty/bin/python" -m pip install "${quiet[@]}" pandas-stubs
mkdir "$work/scripts"
for page in README.md README.zh.md; do
  awk -v to="$work/scripts/${page//./_}" '/^```python$/ { n++; on = 1; next } /^```$/ { on = 0 } on { print >(to "_" n ".py") }' "$page"
done
echo '{"typeCheckingMode": "strict"}' >"$work/scripts/pyrightconfig.json"
"$work/tools/bin/pyright" --project "$work/scripts" --pythonpath "$work/empty/bin/python"

mkdir -p "$target"
cp "${wheel[0]}" "${sdist[0]}" "$target/"
say "right: $(basename "${wheel[0]}") and $(basename "${sdist[0]}") are in $target"
