#!/bin/sh
# Usage: format.sh CLANG_FORMAT FILE...
# Versions of clang-format differ in details, so one of them decides: Debian 12's. Another one only tells.
decides=14
tool=$1
shift
version=$("$tool" --version | sed -n 's/.*version \([0-9]*\).*/\1/p')
if [ "$version" = "$decides" ]; then
    exec "$tool" --dry-run -Werror "$@"
fi
"$tool" --dry-run -Werror "$@" 2>/dev/null ||
    echo "style: clang-format $version would write some lines in another way; clang-format $decides decides" >&2
exit 0
