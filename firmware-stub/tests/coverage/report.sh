#!/bin/sh
# Usage: report.sh DIRECTORY all|total FILE...
# What gcov says of the files whose objects and counts are in DIRECTORY: lines and branches by file, with `all` every line
# and branch that was not reached, and the total. Fails when the total is under the floor.
set -eu
floor_lines=99.9
floor_branches=98.0
directory=$1 mode=$2
shift 2
for file in "$@"; do
    name=${file##*/}
    gcov -b -c -t -o "$directory" "$directory/${name%.c}.gcda" 2>/dev/null |
        awk -v wanted="$file" '/^ *-: *0:Source:/ { sub(/.*Source:/, ""); on = $0 == wanted } on { print }' \
            >"$directory/$name.gcov"
done
awk -v all="$mode" -v floor_lines="$floor_lines" -v floor_branches="$floor_branches" -f tests/coverage/report.awk \
    $(for file in "$@"; do printf '%s ' "$directory/${file##*/}.gcov"; done)
