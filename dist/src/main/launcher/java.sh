# Finds a Java runtime; sourced by the launchers and by scripts/build, never run.
# POSIX sh with built-ins only, so that the usual case costs no process: a launcher's whole start is to stay
# far below half a second.

# accept_java HOME: takes HOME when it holds $java_tool and its `release` file names a version between
# $java_least and $java_most. Sets java_home and java_runtime (the full version, such as 25.0.3+9-LTS).
accept_java() {
  [ -n "$1" ] && [ -x "$1/bin/$java_tool" ] && [ -r "$1/release" ] || return 1
  java_version= java_runtime=
  while IFS='=' read -r java_key java_value; do
    case $java_key in
      JAVA_VERSION) java_version=${java_value#\"} java_version=${java_version%\"} ;;
      JAVA_RUNTIME_VERSION) java_runtime=${java_value#\"} java_runtime=${java_runtime%\"} ;;
    esac
    [ -z "$java_version" ] || [ -z "$java_runtime" ] || break
  done <"$1/release"
  java_major=${java_version%%[!0-9]*}
  [ -n "$java_major" ] || return 1
  if [ "$java_major" -lt "$java_least" ] || [ "$java_major" -gt "$java_most" ]; then
    java_refused="$java_refused${java_refused:+, }$java_version in $1"
    return 1
  fi
  java_home=$1
}

# find_java TOOL LEAST MOST REMEMBERED: the first home that fits, in this order: CHANDLERY_JAVA_HOME (nothing else
# is tried when it is set), JAVA_HOME, REMEMBERED (where the build found one; may be empty), the variables that
# continuous integration sets, `java` on the PATH, the places where installers put JDKs.
# On failure java_refused lists what was found but does not fit.
find_java() {
  java_tool=$1 java_least=$2 java_most=$3 java_home= java_refused=
  if [ -n "${CHANDLERY_JAVA_HOME:-}" ]; then
    accept_java "$CHANDLERY_JAVA_HOME"
    return
  fi
  for java_candidate in "${JAVA_HOME:-}" "$4" "${JAVA25_HOME:-}" "${JAVA_25_HOME:-}" \
      "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}"; do
    accept_java "$java_candidate" && return 0
  done
  if java_candidate=$(command -v java); then
    java_candidate=$(readlink -f "$java_candidate" 2>/dev/null)
    accept_java "${java_candidate%/bin/java}" && return 0
  fi
  for java_candidate in /usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/java/* \
      "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.jbang/cache/jdks/* \
      "${HOME:-}"/.asdf/installs/java/* "${HOME:-}"/.local/share/mise/installs/java/* "${HOME:-}"/.jenv/versions/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
      /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    accept_java "$java_candidate" && return 0
  done
  return 1
}
