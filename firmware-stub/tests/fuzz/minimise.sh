#!/bin/sh
# Usage: minimise.sh DIRECTORY TARGET...
set -eu
directory=$1
shift
for target in "$@"; do
    fresh=$(mktemp -d)
    "$directory/$target" -merge=1 -max_len=4096 "$fresh" "tests/fuzz/corpus/$target" "$directory/new/$target" 2>&1 | tail -n 1
    rm -rf "tests/fuzz/corpus/$target"
    mv "$fresh" "tests/fuzz/corpus/$target"
    chmod 755 "tests/fuzz/corpus/$target"
    du -sh --apparent-size "tests/fuzz/corpus/$target"
done
