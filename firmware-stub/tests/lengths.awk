# A function longer than 80 lines or a line wider than 120 columns stops the build. Relies on clang-format: definitions start and end in
# the first column.
/^[A-Za-z]/ { start = FNR }
/^}$/ && FNR - start + 1 > 80 { print FILENAME ":" start ": function of " FNR - start + 1 " lines"; wrong = 1 }
length($0) > 120 { print FILENAME ":" FNR ": line of " length($0) " columns"; wrong = 1 }
END { exit wrong }
