#!/usr/bin/env bash
# Builds everything, runs every test, and ends with "N passed, N failed". Installs what the tests need and the machine lacks.
# ./test.sh            everything
# ./test.sh Web        only the test projects whose name contains "Web"
set -euo pipefail
cd "$(dirname "$0")"
only="${1:-}"

# Debian keeps servers where only root's shell looks.
PATH="$PATH:/usr/sbin"

install() ( # command, Debian packages
  command=$1
  shift
  if command -v "$command" >/dev/null 2>&1; then exit; fi
  echo "Installing $* (no $command here)."
  root=()
  if [ "$(id -u)" -ne 0 ]; then root=(sudo); fi
  # The tests start servers by themselves; the system must not. This file forbids it while packages are installed.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap '"${root[@]}" rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${root[@]}" tee "$policy" >/dev/null
    "${root[@]}" chmod +x "$policy"
  fi
  "${root[@]}" apt-get update -qq
  # Never at the price of a mail server or the like that this machine has already.
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends --no-remove "$@" >/dev/null
)

install chromium chromium fonts-liberation fonts-inter
# Servers that this project did not write, for the interoperability tests.
install nginx nginx-light
install dovecot dovecot-core
install /usr/lib/dovecot/submission-login dovecot-submissiond
install smtp-sink postfix

dotnet build Signify.Notifications.sln
if [ "${CI:-}" = true ]; then
  dotnet format Signify.Notifications.sln --no-restore --verify-no-changes
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0
for project in tests/*.Tests; do
  name=$(basename "$project")
  case "$name" in *"$only"*) ;; *) continue ;; esac
  echo
  echo "== $name"
  status=0
  dotnet run --no-build --project "$project" -- --ansi off --progress off 2>&1 | tee "$results/$name.log" || status=$?
  count() { { grep -Eo "^ *$1: +[0-9]+" "$results/$name.log" || true; } | tail -n 1 | grep -Eo '[0-9]+' || echo 0; }
  here_failed=$(count failed) here_skipped=$(count skipped) here_passed=$(count succeeded)
  # A skipped test has proved nothing, and a run that broke off has failed even if no test says so.
  here_failed=$((here_failed + here_skipped))
  if [ "$here_failed" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$here_passed" -eq 0 ]; }; then here_failed=1; fi
  passed=$((passed + here_passed)) failed=$((failed + here_failed))
done

echo
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
