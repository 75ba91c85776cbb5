#!/bin/sh
# Usage: mps2.sh CONTRACT.ELF
# Runs the contract in QEMU; its line ends in two named pipes with a cat between them.
set -eu
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
mkfifo "$directory/line.in" "$directory/line.out"
cat "$directory/line.out" >"$directory/line.in" &
timeout -k 5 90 qemu-system-arm -M mps2-an505 -display none -monitor none \
    -chardev "pipe,id=line,path=$directory/line" -serial chardev:line \
    -semihosting-config enable=on,target=native -kernel "$1"
