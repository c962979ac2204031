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

# What the build recorded: where its Java was and which, and the AOT cache made with it.
trained_home= trained_runtime= cache=
if [ -r "$home/aot/$program.properties" ]; then
  while IFS='=' read -r key value; do
    case $key in
      java.home) trained_home=$value ;;
      java.runtime) trained_runtime=$value ;;
      cache) cache=$home/aot/$value ;;
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

# Short commands end before the optimising compiler pays; the publisher hashes and compresses, a registry stays.
case $program in
  manager)
    options='-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData'
    case " $* " in
      # Except those that may hash gigabytes: only the optimising compiler uses the processor's instructions for
      # that, ten times as fast. It comes in late: otherwise it costs middling copies more than it saves them.
      *' migrate '* | *' mirror '* | *' export '* | *' import '*)
        options='-XX:+UseSerialGC -XX:-UsePerfData -XX:Tier4InvocationThreshold=100000'
        options="$options -XX:Tier4MinInvocationThreshold=100000 -XX:Tier4CompileThreshold=200000"
        options="$options -XX:Tier4BackEdgeThreshold=400000"
        ;;
    esac
    ;;
  publisher) options='-XX:+UseSerialGC -XX:-UsePerfData' ;;
  # A heap that is as large as it needs to be, so that the whole stays below 350 MiB under load.
  *) options='-XX:+UseSerialGC -Xmx192m -XX:-UsePerfData' ;;
esac
set -- -jar "$home/lib/$program.jar" "$@"
# The cache is used only by the very Java that made it: the JVM's own check reports on standard output.
if [ -n "$cache" ] && [ "$java_runtime" = "$trained_runtime" ] && [ -r "$cache" ]; then
  set -- "-XX:AOTCache=$cache" "$@"
fi
# shellcheck disable=SC2086 # the options are meant to be split
exec "$java_home/bin/java" -Xlog:disable -Xlog:all=error:stderr $options ${CHANDLERY_JAVA_OPTS:-} "$@"
