#!/bin/sh
# Usage: budget.sh TOOL-PREFIX "text=N session=N stack=N" OBJECT...
# What a function takes depends on the compiler, so one of them decides: gcc 12, Debian 12's. With another one only the
# totals are held.
set -eu
tools=$1 totals=$2
shift 2
names=$(mktemp)
trap 'rm -f "$names" "$names-budget.txt"' EXIT
"${tools}nm" -S --radix=d -A "$@" >"$names"
graphs=$(printf '%s\n' "$@" | sed 's/\.o$/.ci/')
case $("${tools}gcc" -dumpversion) in
12.*)
    decides=1
    list=tests/budget.txt
    ;;
*)
    decides=0
    list=$names-budget.txt
    awk '$1 ~ /^(text|session|stack)$/ { print } END { print "other 100000 100000" }' tests/budget.txt >"$list"
    ;;
esac
awk -f tests/budget.awk "decides=$decides" $totals "$list" $graphs "$names"
