# Sums gcov's text: see report.sh.
function percent(part, whole) { return whole == 0 ? 100 : 100 * part / whole }
function finish() {
    if (file != "")
        printf "%-12s %4d lines, %5.1f %%   %4d branches, %5.1f %%\n", file, lines, percent(reached, lines), branches, \
            percent(taken, branches)
    all_lines += lines; all_reached += reached; all_branches += branches; all_taken += taken
    lines = reached = branches = taken = 0
}
FNR == 1 { finish(); file = FILENAME; sub(/.*\//, "", file); sub(/\.gcov$/, "", file) }
/^branch/ {
    branches++
    if (/never executed/ || /taken 0( |$)/)
        missing = missing (branch_line == number ? "" : sprintf("    %s:%d: %s\n", file, number, source))
    else
        taken++
    if (/never executed/ || /taken 0( |$)/)
        branch_line = number
    next
}
/^(call|function|unconditional)/ { next }
{
    split($0, part, ":")
    number = part[2] + 0
    source = $0
    sub(/^[^:]*:[^:]*: */, "", source)
    count = part[1]
    gsub(/ /, "", count)
    if (number == 0 || count == "-")
        next
    lines++
    if (count ~ /^[#=]/)
        missing = missing sprintf("    %s:%d: %s (not run)\n", file, number, source)
    else
        reached++
}
END {
    finish()
    if (all == "all")
        printf "not reached, by a line or one way of a branch:\n%s", missing
    printf "coverage: %.1f %% of %d lines, %.1f %% of %d branches\n", percent(all_reached, all_lines), all_lines, \
        percent(all_taken, all_branches), all_branches
    if (percent(all_reached, all_lines) < floor_lines || percent(all_taken, all_branches) < floor_branches) {
        printf "coverage: under the floor of %s and %s %%: make coverage says where\n", floor_lines, \
            floor_branches > "/dev/stderr"
        exit 1
    }
}
