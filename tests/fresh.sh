#!/usr/bin/env bash
# The two commands of the README in an empty clone of this repository and an empty environment: a plain PATH without office,
# browser and fontconfig, no font, a home of its own or none.  Prints how both ended, and 1 where one did not.
# Options: --user NAME  as another user (root alone can)       --locale NAME  C, C.UTF-8, zh_CN.UTF-8 …
#          --no-home    without a home                         --loaded       beside two busy loops
#          --python PATH  the Python to make the environment with
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
user='' locale=C.UTF-8 home=own loaded='' python=$(command -v python3)
while [ $# -gt 0 ]; do
  case $1 in
    --user) user=$2; shift 2 ;;
    --locale) locale=$2; shift 2 ;;
    --python) python=$2; shift 2 ;;
    --no-home) home=''; shift ;;
    --loaded) loaded=1; shift ;;
    *) sed -n '2,6p' "$0" >&2; exit 2 ;;
  esac
done

place=$(mktemp -d -t fresh.XXXXXX)  # a new folder of this run alone
loops=()
trap 'kill "${loops[@]}" 2>/dev/null || true; rm -rf "$place"' EXIT
chmod 755 "$place"
git clone -q --no-local "$here" "$place/clone"
mkdir "$place/bin" "$place/home" "$place/tmp" "$place/fonts"
for name in make sh bash env git cat rm mkdir touch head true sleep ls cp mv dirname basename uname; do
  [ -x "$(command -v $name)" ] && ln -s "$(command -v $name)" "$place/bin/$name"
done
python=$("$python" -c 'import sys; print(getattr(sys, "_base_executable", sys.executable))')
ln -s "$python" "$place/bin/python3"
printf '<?xml version="1.0"?>\n<fontconfig></fontconfig>\n' >"$place/fonts.conf"
pip=()  # where packages come from is the machine's business
while IFS= read -r line; do pip+=("$line"); done < <(env | grep '^PIP_' || true)
[ -z "$user" ] || chown -R "$user" "$place"

environment=("PATH=$place/bin" "LC_ALL=$locale" "FONTCONFIG_FILE=$place/fonts.conf" "MPL_IGNORE_SYSTEM_FONTS=1" "TMPDIR=$place/tmp" "${pip[@]}")
[ -z "$home" ] || environment+=("HOME=$place/home")
as=()
[ -z "$user" ] || as=(setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups)
if [ -n "$loaded" ]; then
  for _ in 1 2; do
    while :; do :; done &
    loops+=($!)
  done
fi

ended=0
echo "as ${user:-$(id -un)}, $([ -n "$home" ] && echo "with a home" || echo "without a home"), LC_ALL=$locale${loaded:+, beside two busy loops}"
for target in demo test; do
  begun=$(date +%s)
  if (cd "$place/clone" && "${as[@]}" env -i "${environment[@]}" make "$target" PYTHON="$python") >"$place/$target.log" 2>&1 </dev/null; then
    how=passed
  else
    how=FAILED ended=1
    grep -E '^(FAILED|ERROR)' "$place/$target.log" | head -40 || true
  fi
  tail -n "$([ "$target" = demo ] && echo 1 || echo 4)" "$place/$target.log"
  echo "make $target: $how in $(($(date +%s) - begun)) s"
done
exit "$ended"
