#!/bin/sh
# Usage: size.sh TOOL-PREFIX DIRECTORY CALL-GRAPH...
# Prints text=N session=N stack=N of the core that was built in DIRECTORY.
set -eu
tools=$1 directory=$2
shift 2
text=$("${tools}size" "$directory/whole.o" | awk 'NR == 2 { print $1 }')
session=$("${tools}nm" -S --radix=d "$directory/session_size.o" | awk '/session_size/ { print $2 + 0 }')
stack=$(awk -f tests/stack.awk "$@")
echo "text=$text session=$session stack=$stack"
