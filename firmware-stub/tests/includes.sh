#!/bin/sh
# The core includes its own headers and stdint, stdbool, stddef, string; nothing else.
cd "$(dirname "$0")/../core" || exit 1
grep -n '^ *# *include' src/*.[ch] include/stub/*.h | while IFS= read -r line; do
    header=${line##*include }
    case $header in
    '<stdint.h>' | '<stdbool.h>' | '<stddef.h>' | '<string.h>') ;;
    '<'*) echo "core/$line: not for the core" ;;
    *)
        name=$(printf %s "$header" | tr -d '"')
        [ -f "src/$name" ] || [ -f "include/$name" ] || echo "core/$line: not the core's own"
        ;;
    esac
done | { ! grep . >&2; }
