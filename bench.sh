#!/usr/bin/env bash
# Measures the program against what limits it, in interleaved rounds, and prints one table: see docs/performance.md.
# ./bench.sh                     everything, with 200,000 recipients where memory is measured
# ./bench.sh delivery hand-in    only these: delivery postgresql relays receiving tls separate-replies size hand-in postfix pace memory verdict
# ./bench.sh --rounds 9          more rounds than the usual 5
# ./bench.sh --full              1,000,000 recipients, a longer run at a pace, and growth to 10,000,000 rows
# ./bench.sh growth --rows 100000   growth, which takes long and is measured only by name or with --full: to 1,000,000 rows, or to so many
# ./bench.sh mailboxes           1,000 mailboxes at their limit, 12 minutes; also --mailboxes 200 --minutes 1 --database sqlite
# ./bench.sh --write             puts the table into docs/performance.md
set -euo pipefail
cd "$(dirname "$0")"

. .ci/debian-packages.sh
# smtp-source is the reference, smtp-sink the server; Postfix and Dovecot themselves are the real server of one benchmark.
install smtp-sink postfix
install dovecot dovecot-core
install "$(find /usr/lib/postgresql -path '*/bin/postgres' 2>/dev/null | head -n 1 | grep . || echo postgres)" postgresql

dotnet build tests/Signify.Notifications.Benchmarks -c Release -v quiet
exec dotnet run --no-build -c Release --project tests/Signify.Notifications.Benchmarks -- "$@"
