# Sourced by ./fota-bridge and ./check, never run by itself: finds a JDK, and installs or mounts what this machine lacks.
#
# The caller sets `root` (the checkout) and `say` (a function that prints one line for people on stderr).
# Exit codes used here: 3, something is missing that cannot be installed from here; 16, a directory is not writable.

minimum_java=17

# Java separates the entries of a class path by a colon and knows no way to quote one. Maven writes to another directory than
# the checkout where a backslash is in its path: it takes it for a slash.
require_usable_path() {
    case $root in
        *:* | *'!'* | *\\* | *"$newline"*)
            say "Java cannot run from this directory, whose path has a colon, an exclamation mark, a backslash or a line end: $root"
            say "Move the checkout, or rename the directory."
            exit 3
            ;;
    esac
}

newline='
'

# File names are bytes; Java reads them by the locale's character set. In the C locale, as of cron or a container, it would have
# ASCII only, and no file whose name has any other letter. A locale that has 8-bit letters of its own keeps them.
use_utf8() {
    case $(locale charmap 2>/dev/null) in
        UTF-8 | ISO-8859-*) ;;
        *)
            LC_ALL=C.UTF-8
            export LC_ALL
            ;;
    esac
}

# java_at HOME: sets java_home and java_version when HOME holds Java 17 or newer; fails otherwise.
java_at() {
    [ -x "$1/bin/java" ] || return 1
    java_version=
    if [ -r "$1/release" ]; then
        while IFS= read -r line; do
            case $line in JAVA_VERSION=*) java_version=${line#*=} ;; esac
        done <"$1/release"
    else
        java_version=$("$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.version = //p')
    fi
    java_version=${java_version#\"}
    java_version=${java_version%\"}
    major=${java_version%%[!0-9]*}
    [ -n "$major" ] && [ "$major" -ge "$minimum_java" ] || return 1
    java_home=$1
}

# The home of the `java` that the PATH finds. A shim (asdf, jenv) is no link into a JDK, so it is asked.
java_home_on_path() {
    on_path=$(command -v java) || return 1
    on_path=$(readlink -f "$on_path")
    case $on_path in
        */bin/java) on_path=${on_path%/bin/java} ;;
    esac
    if [ -r "$on_path/release" ]; then
        printf '%s\n' "$on_path"
    else
        java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
    fi
}

# find_java [jdk]: JAVA_HOME, then the PATH, then where Debian puts JDKs; with "jdk" only what has a compiler.
find_java() {
    for candidate in "${JAVA_HOME:-}" "$(java_home_on_path)" /usr/lib/jvm/*; do
        [ -n "$candidate" ] || continue
        if [ "${1:-}" = jdk ] && [ ! -x "$candidate/bin/javac" ]; then
            continue
        fi
        java_at "$candidate" && return 0
    done
    return 1
}

# has NEED: whether this machine has it.
has() {
    case $1 in
        jdk) find_java jdk ;;
        maven) command -v mvn >/dev/null ;;
        gcc) command -v gcc >/dev/null && [ -e /usr/include/stdio.h ] ;;
        openssl) [ -e /usr/include/openssl/evp.h ] ;;
        arm-gcc)
            command -v arm-none-eabi-gcc >/dev/null &&
                echo '#include <string.h>' | arm-none-eabi-gcc -E -o /dev/null - 2>/dev/null
            ;;
        qemu) command -v qemu-system-arm >/dev/null ;;
        clang)
            command -v clang >/dev/null &&
                echo 'int LLVMFuzzerTestOneInput(const char *at, unsigned long count) { return at == 0 && count > 0; }' |
                clang -x c -fsanitize=fuzzer,address,undefined -o /dev/null - 2>/dev/null
            ;;
        # Ubuntu has another name for the program.
        chromium) command -v chromium >/dev/null || command -v chromium-browser >/dev/null ;;
        chromium-driver) command -v chromedriver >/dev/null ;;
        # Debian keeps servers in a directory that a user's PATH does not have.
        mosquitto | nginx | tinyproxy) command -v "$1" >/dev/null || [ -x "/usr/sbin/$1" ] ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

# package_of NEED: the Debian and Ubuntu packages that bring it.
package_of() {
    case $1 in
        jdk)
            for version in 17 21 25; do
                apt-cache show "openjdk-$version-jdk-headless" >/dev/null 2>&1 && break
            done
            echo "openjdk-$version-jdk-headless"
            ;;
        gcc) echo gcc libc6-dev ;;
        openssl) echo libssl-dev ;;
        arm-gcc) echo gcc-arm-none-eabi libnewlib-arm-none-eabi ;;
        qemu) echo qemu-system-arm ;;
        # The sanitizers' and libFuzzer's library is a package of its own since Debian 12.
        clang)
            if apt-cache show libclang-rt-dev >/dev/null 2>&1; then echo clang libclang-rt-dev; else echo clang; fi
            ;;
        # Ubuntu's names; both bring a snap.
        chromium) if apt-cache show chromium-driver >/dev/null 2>&1; then echo chromium; else echo chromium-browser; fi ;;
        chromium-driver)
            if apt-cache show chromium-driver >/dev/null 2>&1; then echo chromium-driver; else echo chromium-chromedriver; fi
            ;;
        # The program without the service.
        tinyproxy) echo tinyproxy-bin ;;
        *) echo "$1" ;;
    esac
}

# name_of NEED: how people call it.
name_of() {
    case $1 in
        jdk) echo "a JDK, version $minimum_java or newer (JAVA_HOME, or java and javac on the PATH)" ;;
        maven) echo "Apache Maven (mvn)" ;;
        gcc) echo "gcc with the C library's headers" ;;
        openssl) echo "OpenSSL's headers (libcrypto)" ;;
        arm-gcc) echo "arm-none-eabi-gcc with newlib" ;;
        clang) echo "clang with libFuzzer and the sanitizers" ;;
        qemu) echo "qemu-system-arm" ;;
        *) echo "$1" ;;
    esac
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif [ -t 2 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

can_be_root() {
    [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null
}

can_install() {
    command -v apt-get >/dev/null && can_be_root
}

# Run as root with packages as arguments. The policy file keeps the installation from starting servers; a server that
# came with it is not started at the next boot either.
install_script='
    export DEBIAN_FRONTEND=noninteractive
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        trap "rm -f $policy" EXIT
        trap "exit 130" INT TERM HUP
        printf "#!/bin/sh\nexit 101\n" >"$policy"
        chmod 755 "$policy"
    fi
    apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 install -y --no-install-recommends "$@" || exit 1
    for server in mosquitto nginx; do
        case " $* " in
            *" $server "*)
                if command -v systemctl >/dev/null; then
                    systemctl disable --now --quiet "$server"
                elif command -v update-rc.d >/dev/null; then
                    update-rc.d "$server" disable
                fi
                ;;
        esac
    done
    exit 0
'

# is_served PLACE: whether the kernel's file system is there. For /dev/pts the proof is a pseudo-terminal that can be opened.
is_served() {
    case $1 in
        /proc) [ -e /proc/self/status ] && return 0 ;;
        /dev/pts) (exec 3<>/dev/ptmx) 2>/dev/null && return 0 ;;
    esac
    [ "$(uname)" != Linux ]
}

# require_mounted PLACE...: /proc and /dev/pts, which a root directory made by debootstrap lacks. Root mounts them; they stay mounted.
require_mounted() {
    for place in "$@"; do
        is_served "$place" && continue
        case $place in
            /proc) type=proc why="Java does not start without it" ;;
            /dev/pts) type=devpts why="virtual boards are pseudo-terminals, and there are none without it" ;;
        esac
        answer="only root can mount"
        can_be_root && answer=$(as_root sh -c 'mkdir -p "$2" && mount -t "$1" "$1" "$2"' sh "$type" "$place" 2>&1 </dev/null) || true
        if is_served "$place"; then
            say "mounted $place: $why (to undo: umount $place)"
        else
            say "$place is not mounted: $why. Mounting it failed: ${answer:-it has no effect}"
            say "As root: mount -t $type $type $place. Where that is not allowed, do it outside of the chroot or container, at $place below its directory."
            exit 3
        fi
    done
}

# nameless: prints which of localhost and this machine's own name have no address.
nameless() {
    command -v getent >/dev/null || return 0
    for name in localhost "$(uname -n)"; do
        getent hosts "$name" >/dev/null || printf '%s ' "$name"
    done
}

# require_own_names: a root directory made by debootstrap has no /etc/hosts. Root writes the lines; they stay. AWS's own client
# looks up localhost, and Java looks up the machine's name when it connects to 0.0.0.0.
require_own_names() {
    names=$(nameless)
    [ -n "$names" ] || return 0
    can_be_root && as_root sh -c 'for name in "$@"; do echo "127.0.0.1 $name" >>/etc/hosts; done' sh $names 2>/dev/null </dev/null || true
    if [ -z "$(nameless)" ]; then
        say "added to /etc/hosts, because these names had no address: $names"
    else
        say "these names of this machine have no address: $names"
        say "Add them to /etc/hosts as root, a line each, such as '127.0.0.1 localhost', and try again."
        exit 3
    fi
}

# require NEED...: returns when this machine has all of them; installs what is missing where that can be done.
require() {
    missing=
    for need in "$@"; do
        has "$need" || missing="$missing $need"
    done
    [ -n "$missing" ] || return 0
    if can_install; then
        install_needs $missing
    else
        say "this machine lacks:"
        for need in $missing; do say "  - $(name_of "$need")"; done
        say "Install that and try again. (On Debian and Ubuntu this is done for you, as root or with sudo.)"
        exit 3
    fi
}

install_needs() {
    log=$(mktemp "${TMPDIR:-/tmp}/fota-bridge-setup.XXXXXX")
    say "asking apt-get for the newest package lists"
    as_root apt-get -o Acquire::Retries=3 update >"$log" 2>&1 </dev/null || say "apt-get update failed, going on"
    packages=
    for need in "$@"; do packages="$packages $(package_of "$need")"; done
    say "installing$packages"
    if ! as_root sh -c "$install_script" sh $packages >>"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2
        say "apt-get could not install$packages (the whole log: $log)"
        exit 3
    fi
    rm -f "$log"
    for need in "$@"; do
        has "$need" && continue
        say "still missing after the installation: $(name_of "$need")"
        exit 3
    done
}

# require_writable DIRECTORY...: each one, or the directory it will be made in.
require_writable() {
    for directory in "$@"; do
        place=$directory
        [ -e "$place" ] || place=$(dirname "$directory")
        [ -w "$place" ] && continue
        say "cannot build: $place is not writable for $(id -un)"
        say "Remove what another user built there, or run this as that user."
        exit 16
    done
}

# Sets maven_repository when this user has no home directory in which Maven could keep what it fetches.
set_maven_repository() {
    maven_repository=
    home=$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6) || home=
    home=${home:-${HOME:-/nonexistent}}
    if [ -d "$home/.m2" ]; then home=$home/.m2; fi
    [ -w "$home" ] || maven_repository=$root/target/maven-repository
}

# maven ARGUMENT...: Maven in the checkout with the JDK that was found; short builds need no second compiler stage.
maven() {
    set_maven_repository
    (
        cd "$root" || exit 1
        JAVA_HOME=$java_home
        MAVEN_OPTS=${MAVEN_OPTS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}
        export JAVA_HOME MAVEN_OPTS
        exec mvn --batch-mode -Dstyle.color=never \
            ${maven_repository:+"-Dmaven.repo.local=$maven_repository"} "$@" </dev/null
    )
}
