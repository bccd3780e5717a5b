# Sourced by test.sh and bench.sh: installs what the machine lacks, from Debian's packages.

# Debian keeps servers where only root's shell looks.
PATH="$PATH:/usr/sbin"

install() ( # command, Debian packages
  command=$1
  shift
  if command -v "$command" >/dev/null 2>&1; then exit; fi
  echo "Installing $* (no $command here)." >&2
  root=()
  if [ "$(id -u)" -ne 0 ]; then root=(sudo); fi
  # Tests and benchmarks start servers by themselves; the system must not. This file forbids it while packages are installed.
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
