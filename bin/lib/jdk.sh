# shellcheck shell=sh
# Finds a Java of at least our level and exports JAVA_HOME; returns 1, with advice on stderr, where there is none. What
# runs takes a runtime as well; who builds says `dba_use_jdk javac`, and gets one that compiles.
# Sourced by the launchers, by the scripts and by mvnw; needs POSIX sh only.

DBA_JDK_LEVEL=25

# Sets dba_level to the feature release of the JDK in $1, from its release file: a JVM start costs more than all the rest
# of a launcher, and a program more than all that the shell does by itself. Of no use without the program $2.
dba_jdk_level() {
  dba_level=
  [ -x "$1/bin/java" ] && [ -x "$1/bin/$2" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r dba_line; do
    case $dba_line in
      'JAVA_VERSION="'*)
        dba_level=${dba_line#'JAVA_VERSION="'}
        dba_level=${dba_level%%[!0-9]*}
        return
        ;;
    esac
  done <"$1/release"
}

# The JVM reads the names of files as the locale says, and without one knows only ASCII.
dba_use_utf8() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG-}}} in
    *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
    '' | C | POSIX)
      LC_ALL=C.UTF-8
      export LC_ALL
      ;;
  esac
}

# dba_stamp FOLDER FILE ...: sets dba_stamp to a number that is another one where a jar in the folder, one of the files
# or Java was exchanged. A cache of the JVM is named by it: the JVM compares it with the names of the jars, not with what
# they hold, and keeps one that is of no use after an update of Java.
dba_stamp() {
  dba_jars=$1
  shift
  dba_stamp=0
  # In the same order whatever the locale.
  for dba_number in $(LC_ALL=C && stat -L -c '%s %Y' "$JAVA_HOME/release" "$@" "$dba_jars"/*.jar); do
    dba_stamp=$(((dba_stamp * 31 + dba_number) % 4294967291))
  done
}

# dba_use_jdk [PROGRAM]
dba_use_jdk() {
  dba_use_utf8
  dba_path_java=$(command -v java 2>/dev/null && :) || dba_path_java=
  [ -z "$dba_path_java" ] || dba_path_java=$(readlink -f "$dba_path_java")
  set +f
  for dba_jdk in "${JAVA_HOME-}" "${JAVA25_HOME-}" "${dba_path_java%/bin/java}" \
    /usr/lib/jvm/*25* /usr/lib/jvm/* "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* /opt/java/* /opt/jdk*; do
    dba_jdk_level "$dba_jdk" "${1:-java}" || continue
    if [ "${dba_level:-0}" -ge "$DBA_JDK_LEVEL" ]; then
      JAVA_HOME=$dba_jdk
      export JAVA_HOME
      return 0
    fi
  done
  echo "No JDK $DBA_JDK_LEVEL was found in JAVA_HOME, on the PATH or under /usr/lib/jvm." >&2
  echo "Install one (for example Eclipse Temurin $DBA_JDK_LEVEL: the package temurin-$DBA_JDK_LEVEL-jdk), or set JAVA_HOME to it." >&2
  return 1
}
