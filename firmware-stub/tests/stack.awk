# Deepest stack of the functions in gcc's call graphs (-fcallgraph-info=su), in bytes. Recursion and a frame whose size is not known at
# compile time are errors. Calls through pointers (the port) and into the memory functions count as nothing.
/^node:/ {
    match($0, /title: "[^"]*"/)
    name = substr($0, RSTART + 8, RLENGTH - 9)
    if (match($0, /[0-9]+ bytes \([a-z,]*\)/)) {
        use = substr($0, RSTART, RLENGTH)
        if (use !~ /static/) {
            print name ": stack not known: " use > "/dev/stderr"
            failed = 1
        }
        own[name] = use + 0
    }
}
/^edge:/ {
    match($0, /sourcename: "[^"]*"/)
    from = substr($0, RSTART + 13, RLENGTH - 14)
    match($0, /targetname: "[^"]*"/)
    calls[from] = calls[from] SUBSEP substr($0, RSTART + 13, RLENGTH - 14)
}
function deepest(name,    targets, n, i, below, most) {
    if (name in depth)
        return depth[name]
    if (name in open) {
        print name ": recursion" > "/dev/stderr"
        failed = 1
        return 0
    }
    open[name] = 1
    n = split(substr(calls[name], 2), targets, SUBSEP)
    most = 0
    for (i = 1; i <= n; i++) {
        below = deepest(targets[i])
        if (below > most)
            most = below
    }
    delete open[name]
    return depth[name] = own[name] + most
}
END {
    for (name in own)
        if (deepest(name) > worst)
            worst = deepest(name)
    if (failed || worst == 0)
        exit 1
    print worst
}
