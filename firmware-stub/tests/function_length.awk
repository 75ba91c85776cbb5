# A function longer than 80 lines stops the build. Relies on clang-format: definitions start and end in the first column.
/^[A-Za-z]/ { start = FNR }
/^}$/ && FNR - start + 1 > 80 { print FILENAME ":" start ": function of " FNR - start + 1 " lines"; long = 1 }
END { exit long }
