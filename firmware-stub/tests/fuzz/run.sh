#!/bin/sh
# Usage: run.sh DIRECTORY SECONDS TARGET...
# Runs fuzz targets side by side for that long, from the corpus and what earlier runs found. Fails at the first finding.
set -eu
directory=$1
seconds=$2
shift 2
seed=$(date +%s)
failed=0
for target in "$@"; do
    mkdir -p "$directory/new/$target" tests/fuzz/findings
    nice "$directory/$target" -seed="$seed" -max_total_time="$seconds" -timeout=25 -max_len=4096 -len_control=0 -print_final_stats=1 \
        -artifact_prefix="$directory/finding-$target-" "$directory/new/$target" "tests/fuzz/corpus/$target" \
        tests/fuzz/findings >"$directory/run-$target.log" 2>&1 &
    eval "pid_$target=$!"
done
for target in "$@"; do
    eval "wait \$pid_$target" || {
        tail -n 40 "$directory/run-$target.log" >&2
        failed=1
    }
    units=$(sed -n 's/^stat::number_of_executed_units: *//p' "$directory/run-$target.log")
    echo "fuzz: $target, $units inputs in $seconds s, seed $seed"
done
exit "$failed"
