#!/bin/sh
# Starts the Chandlery program whose name this file bears, on a Java 25 or newer that it finds by itself.
# CHANDLERY_JAVA_HOME chooses the Java; CHANDLERY_JAVA_OPTS adds options for the JVM, split at blanks.

self=$0
case $self in */*) ;; *) self=./$self ;; esac
while [ -h "$self" ]; do
  link=$(readlink "$self")
  case $link in /*) self=$link ;; *) self=${self%/*}/$link ;; esac
done
program=${self##*/}
home=${self%/*}/..

# What the build recorded: where its Java was and which, and the AOT caches made with it.
trained_home= trained_runtime= cache= longer_cache=
if [ -r "$home/aot/$program.properties" ]; then
  while IFS='=' read -r key value; do
    case $key in
      java.home) trained_home=$value ;;
      java.runtime) trained_runtime=$value ;;
      cache) cache=$home/aot/$value ;;
      cache.longer) longer_cache=$home/aot/$value ;;
    esac
  done <"$home/aot/$program.properties"
fi

. "$home/lib/java.sh"
if ! find_java java 25 999 "$trained_home"; then
  if [ -n "${CHANDLERY_JAVA_HOME:-}" ]; then
    echo "Error: cannot start $program: CHANDLERY_JAVA_HOME is '$CHANDLERY_JAVA_HOME', no Java 25 or newer${java_refused:+ (found $java_refused)}" >&2
  else
    echo "Error: cannot start $program: no Java 25 or newer was found${java_refused:+ (found $java_refused)}" >&2
  fi
  echo "Hint: install a JDK 25 and set JAVA_HOME or CHANDLERY_JAVA_HOME to its folder" >&2
  exit 2
fi

# Options of the JVM: for most subcommands, and for those that run longer, which have a cache of their own.
options= longer= longer_options=
if [ -r "$home/lib/$program.options" ]; then
  { IFS= read -r options; IFS= read -r longer; IFS= read -r longer_options; } <"$home/lib/$program.options"
fi
for subcommand in $longer; do
  case " $* " in *" $subcommand "*) options=$longer_options cache=$longer_cache ;; esac
done
set -- -jar "$home/lib/$program.jar" "$@"
# The cache is used only by the very Java that made it: the JVM's own check reports on standard output.
if [ -n "$cache" ] && [ "$java_runtime" = "$trained_runtime" ] && [ -r "$cache" ]; then
  set -- "-XX:AOTCache=$cache" "$@"
fi
# The library of OpenTelemetry's and sigstore's messages uses what Java 25 warns of at each start.
if [ "$java_major" -eq 25 ]; then
  set -- --sun-misc-unsafe-memory-access=allow "$@"
fi
# shellcheck disable=SC2086 # the options are meant to be split
exec "$java_home/bin/java" -Xlog:disable -Xlog:all=error:stderr $options ${CHANDLERY_JAVA_OPTS:-} "$@"
