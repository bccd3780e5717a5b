#!/usr/bin/env bash
# Builds everything, runs every test, and ends with "N passed, N failed". Installs what the tests need and the machine lacks.
# ./test.sh            everything
# ./test.sh Web        only the test projects whose name contains "Web"
set -euo pipefail
cd "$(dirname "$0")"
only="${1:-}"

. .ci/debian-packages.sh
install chromium chromium fonts-liberation fonts-inter
# Servers that this project did not write, for the interoperability tests.
install nginx nginx-light
install dovecot dovecot-core
install /usr/lib/dovecot/submission-login dovecot-submissiond
install smtp-sink postfix
# It judges the units that are handed out; it needs no running systemd.
install systemd-analyze systemd

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
