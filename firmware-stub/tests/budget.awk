# Holds the core on a Cortex-M33 to tests/budget.txt: code and stack of each function, code, session and stack of all of it.
# Usage: awk -f budget.awk decides=1 text=N session=N stack=N budget.txt FILE.ci... NM, where NM is what
# `nm -S --radix=d -A` says of the objects. Fails, and names, whatever is over; where decides is 0 (another compiler), a
# function of the list may be missing.
function base(path) {
    sub(/.*\//, "", path)
    sub(/\..*/, "", path)
    return path
}
function over(what, is, most) {
    if (is > most) {
        print "budget: " what ": " is " bytes, at most " most > "/dev/stderr"
        failed = 1
    }
}
/^(#|$)/ { next }
FILENAME ~ /budget\.txt$/ {
    if ($1 == "text" || $1 == "session" || $1 == "stack") {
        total[$1] = $2
    } else {
        text_limit[$1] = $2
        stack_limit[$1] = $3
    }
    next
}
# node: { title: "..." label: "function\nfile:line:column\nN bytes (static)\n..." }
/^node:/ {
    if (split($0, part, /\\n/) < 3 || part[3] !~ /bytes/)
        next
    name = part[1]
    sub(/.*label: "/, "", name)
    sub(/\..*/, "", name)
    split(part[2], place, ":")
    used[base(place[1]) ":" name] = part[3] + 0
    next
}
/^edge:|^graph:|^}/ { next }
# build/arm/flash.o:00000000 00000064 T stub_flash_erase
$3 ~ /^[tT]$/ {
    name = $4
    sub(/\..*/, "", name)
    split($1, place, ":")
    size[base(place[1]) ":" name] = $2 + 0
}
END {
    for (name in size) {
        listed = name in text_limit ? name : "other"
        over("code of " name, size[name], text_limit[listed])
        over("stack of " name, used[name] + 0, stack_limit[listed])
        count++
    }
    for (name in text_limit)
        if (name != "other" && !(name in size) && decides) {
            print "budget: no function " name > "/dev/stderr"
            failed = 1
        }
    over("all of the code", text, total["text"])
    over("struct stub_session", session, total["session"])
    over("the deepest stack", stack, total["stack"])
    if (count < 50) {
        print "budget: only " count + 0 " functions seen" > "/dev/stderr"
        failed = 1
    }
    if (failed)
        exit 1
    print "budget: " count " functions, code " text " of " total["text"] ", session " session " of " total["session"] \
        ", stack " stack " of " total["stack"]
}
