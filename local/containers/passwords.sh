#!/usr/bin/env bash
# Gives .env a random password for everything that docker-compose.yml wants one for and .env has none for yet.
set -euo pipefail
cd "$(dirname "$0")/../.."

umask 077
touch .env
for name in $(grep -oE 'ORDERFLOW_[A-Z_]+_PASSWORD:\?' docker-compose.yml | sort -u); do
    name=${name%:*}
    grep -q "^$name=" .env || printf '%s=%s\n' "$name" "$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')" >> .env
done
