# Sourced by scripts/manager, scripts/publisher, scripts/registry and scripts/scheduler, which set program and self.
root=${self%/*}/..
launcher=$root/dist/target/chandlery/bin/$program
if [ ! -x "$launcher" ]; then
  echo "Error: cannot start $program: it is not built yet" >&2
  echo "Hint: run $root/scripts/build once (a minute or two), or $root/scripts/quickstart" >&2
  exit 2
fi
exec "$launcher" "$@"
