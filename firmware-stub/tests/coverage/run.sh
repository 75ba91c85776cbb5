#!/bin/sh
# Usage: run.sh DIRECTORY VECTORS UNIT-TEST...
# Runs everything that counts for the coverage of the core.
set -eu
directory=$1 vectors=$2
shift 2
for test in "$@"; do "$directory/$test"; done
"$directory/run_vectors" "$vectors"
"$directory/contract"
"$directory/test_faults"
"$directory/test_power" 0 0
for replay in "$directory"/replay-*; do
    target=${replay##*/replay-}
    "$replay" $(find "tests/fuzz/corpus/$target" -type f) $(find tests/fuzz -path "*/findings/$target-*")
done
