#!/usr/bin/env bash
# Builds everything, runs every test, and ends with "N passed, N failed". Installs what the tests need and the machine lacks.
# ./test.sh            everything
# ./test.sh Web        only the test projects whose name contains "Web"
set -euo pipefail
cd "$(dirname "$0")"
only="${1:-}"

. .ci/debian-packages.sh
# While the compiler works: each waits for what the other does not need.
packages() {
  install chromium-headless-shell chromium-headless-shell fonts-liberation fonts-inter
  # Servers that this project did not write, for the interoperability tests.
  install nginx nginx-light
  install dovecot dovecot-core
  install /usr/lib/dovecot/submission-login dovecot-submissiond
  install smtp-sink postfix
  # Its server's programs lie where no PATH looks. The tests start servers of their own; Debian's stays stopped.
  install "$(find /usr/lib/postgresql -path '*/bin/postgres' 2>/dev/null | head -n 1 | grep . || echo postgres)" postgresql
  # It reads the QR code of a screenshot.
  install zbarimg zbar-tools
  # It judges the units that are handed out; it needs no running systemd.
  install systemd-analyze systemd
}
(packages) &
packages=$!

# Hundreds of short hosts and processes: what the compiler learns for later runs of a method is never used, nor what it makes of a method
# that ran often, while there are others to compile. Both together cost a third of the time.
export DOTNET_TieredPGO=0 DOTNET_TC_CallCountingDelayMs=1000
# A dozen processes on few cores: a thread that spins for work takes the core from one that has some, and so does a collector beside the program.
export DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0 DOTNET_gcConcurrent=0
# Compiled pages that are written through a second mapping protect nobody here, and cost a twentieth of a start.
export DOTNET_EnableWriteXorExecute=0

# Two thirds of a start are compiling, and a whole run starts the program more than a hundred times: what it takes from packages is compiled once.
precompile() {
  rm -rf artifacts/precompiled
  mkdir -p artifacts
  if ! { dotnet restore .ci/precompile.proj && dotnet build --no-restore -t:Precompile .ci/precompile.proj; } >artifacts/precompile.log 2>&1; then
    { echo "Not precompiled, which only takes longer:"; tail -n 8 artifacts/precompile.log; } >&2
    rm -rf artifacts/precompiled
  fi
}
use_precompiled() {
  for file in artifacts/precompiled/*.dll; do
    for folder in src/Signify.Notifications.Web tests/*.Tests; do
      place=$folder/bin/Debug/net10.0/$(basename "$file")
      if [ -e "$place" ]; then cp "$file" "$place"; fi
    done
  done
}

if [ -z "$only" ]; then
  dotnet build src/Signify.Notifications.Web
  precompile &
  precompiler=$!
  dotnet build Signify.Notifications.sln
  wait "$precompiler"
  use_precompiled
else
  dotnet build Signify.Notifications.sln
fi
echo "Built after ${SECONDS}s."
wait "$packages"
echo "Everything installed after ${SECONDS}s."

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

run() { # project, title, more arguments of the test program
  project=$1 title=$2
  case "$(basename "$project")" in *"$only"*) ;; *) return 0 ;; esac
  shift 2
  log=$(mktemp "$results/XXXXXX.log")
  status=0
  # A test that hangs is named, and does not hold the others up for ever.
  dotnet run --no-build --project "$project" -- --ansi off --progress off --long-running 120 --xunit-diagnostics on --timeout 120m "$@" \
    >"$log" 2>&1 || status=$?
  count() { { grep -Eo "^ *$1: +[0-9]+" "$log" || true; } | tail -n 1 | grep -Eo '[0-9]+' || echo 0; }
  here_failed=$(count failed) here_skipped=$(count skipped) here_passed=$(count succeeded)
  # A skipped test has proved nothing, and a run that broke off has failed even if no test says so.
  here_failed=$((here_failed + here_skipped))
  if [ "$here_failed" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$here_passed" -eq 0 ]; }; then here_failed=1; fi
  echo "$here_passed $here_failed" >>"$results/counts"
  # Whole, when it is over: the lanes do not talk into each other.
  { echo; echo "== $title, ended after $((SECONDS / 60))m $((SECONDS % 60))s"; cat "$log"; } | flock "$results" cat
}

# Once more on PostgreSQL: the classes that say so with [Trait(TestDatabase.Trait, TestDatabase.Both)].
on_postgresql() { # project
  SIGNIFY_TEST_DATABASE=PostgreSql run "$1" "$(basename "$1") on PostgreSQL" --filter-trait Database=Both --filter-not-trait Database=Sqlite
}

# Style and analysers speak in the build already.
format() {
  [ "${CI:-}" = true ] || return 0
  log=$(mktemp "$results/XXXXXX.log")
  if dotnet format whitespace . --folder --exclude '**/bin/**' '**/obj/**' --verify-no-changes >"$log" 2>&1; then echo "1 0"; else echo "0 1"; fi >>"$results/counts"
  { echo; echo "== Format"; cat "$log"; } | flock "$results" cat
}

for project in tests/*.Tests; do
  grep -q "$project" "$0" || { echo "test.sh does not run $project." >&2; exit 1; }
done

library=tests/Signify.Notifications.Tests
web=tests/Signify.Notifications.Web.Tests

# Three lanes: the tests of one often wait, for a page, a pace or a server, while those of the others work. They end at about the same time.
{
  # First in line for the processor: processes of a cluster that are starved for seconds count as dead, as they should.
  run tests/Signify.Notifications.Cluster.Tests "Cluster"
  renice -n 19 -p "$BASHPID" >/dev/null
  run "$library" "Library"
} &
{
  renice -n 19 -p "$BASHPID" >/dev/null
  run "$web" "Web"
  on_postgresql "$web"
} &
{
  renice -n 19 -p "$BASHPID" >/dev/null
  run tests/Signify.Notifications.Browser.Tests "Browser"
  format
  run tests/Signify.Notifications.Sandbox.Tests "Sandbox"
  on_postgresql "$library"
} &
wait

passed=0 failed=0
while read -r here_passed here_failed; do
  passed=$((passed + here_passed)) failed=$((failed + here_failed))
done <"$results/counts"
echo
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
