# Sourced by scripts/quickstart --offline: a small web site with a tool of our own, and a registry.yaml for it.
# The tool is a shell script, so that one text is a program for every platform of the demonstration.
demonstration=$root/.chandlery/offline
site_process=

start_offline_source() {
  . "$root/dist/src/main/launcher/java.sh"
  find_java jwebserver 25 999 '' || {
    echo "Error: cannot make the demonstration: no JDK 25 with jwebserver was found" >&2
    return 1
  }
  rm -rf "$demonstration"
  site=$demonstration/site/hello/1.0.0
  mkdir -p "$site" || return 1
  for platform in linux-x86_64 linux-aarch64 darwin-x86_64 darwin-arm64; do
    printf '#!/bin/sh\necho "hello 1.0.0, made for %s"\n' "$platform" >"$site/hello-$platform"
  done
  (cd "$site" && if command -v sha256sum >/dev/null 2>&1; then sha256sum hello-*; else shasum -a 256 hello-*; fi) \
    >"$demonstration/SHA256SUMS" || return 1
  mv "$demonstration/SHA256SUMS" "$site/SHA256SUMS"
  "$java_home/bin/jwebserver" -b 127.0.0.1 -p 0 -d "$demonstration/site" >"$demonstration/site.log" 2>&1 &
  site_process=$!
  address=
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    address=$(sed -n 's/^URL \(http:[^ ]*[0-9]\)\/*$/\1/p' "$demonstration/site.log")
    [ -n "$address" ] && break
    sleep 0.25
  done
  if [ -z "$address" ]; then
    echo "Error: cannot make the demonstration: the web server did not start: see $demonstration/site.log" >&2
    end_offline_source
    return 1
  fi
  cat >"$demonstration/registry.yaml" <<EOF
primary_registry: {url: embedded, namespace: demonstration, storage: registry}
publishing:
  tool_sources:
    hello:
      http:
        url: "$address/hello/{version}/hello-{platform}"
        versions: ["1.0.0"]
        checksum_url: "$address/hello/{version}/SHA256SUMS"
      platforms: [linux-x86_64, linux-aarch64, darwin-x86_64, darwin-arm64]
      minimum_trust: checksum-file
cache: {local_cache_dir: cache}
EOF
}

end_offline_source() {
  [ -n "$site_process" ] && kill "$site_process" 2>/dev/null
  site_process=
}
