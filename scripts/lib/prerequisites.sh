# shellcheck shell=bash
# What the scripts need of the machine: each `need_*` sees to one thing, or says which command is missing and stops.
# As root on Debian or Ubuntu missing packages are installed; elsewhere nothing is changed. Sourced, never run.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=bin/lib/jdk.sh
. "$here/bin/lib/jdk.sh"

say() { printf '%s\n' "$*" >&2; }

stop() {
  say "$1"
  shift
  for advice in "$@"; do say "  $advice"; done
  exit 2
}

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_updated=
install_packages() {
  say "Installing $*"
  local log
  log=$(mktemp)
  if [ -z "$apt_updated" ]; then
    apt-get update -qq >"$log" 2>&1 || stop "Could not refresh the package lists:" "$(tail -3 "$log")"
    apt_updated=1
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$log" 2>&1 ||
    stop "Could not install $*:" "$(tail -3 "$log")"
  rm -f "$log"
}

# need_command COMMAND PACKAGE WHAT-FOR
need_command() {
  PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null && return
  if may_install; then
    install_packages "$2"
  else
    stop "The command '$1' is missing; it $3." "On Debian or Ubuntu: apt-get install $2"
  fi
}

need_jdk() {
  dba_use_jdk javac 2>/dev/null && return
  if may_install && apt-cache show "openjdk-$DBA_JDK_LEVEL-jdk-headless" >/dev/null 2>&1; then
    install_packages "openjdk-$DBA_JDK_LEVEL-jdk-headless"
  fi
  dba_use_jdk javac || exit 2
}

# Docker or podman, answering. Only root may start an engine that no service manager looks after.
need_container_engine() {
  docker info >/dev/null 2>&1 && return
  if ! command -v docker >/dev/null && podman info >/dev/null 2>&1; then return; fi
  if ! may_install; then
    if command -v docker >/dev/null; then
      stop "The container engine does not answer: $(docker info 2>&1 | tail -1)" \
        "Start it (systemctl start docker), or let this user talk to it (usermod -aG docker $(id -un))."
    fi
    stop "Neither docker nor podman is here." "On Debian or Ubuntu: apt-get install docker.io"
  fi
  { command -v docker && PATH=$PATH:/usr/sbin:/sbin command -v dockerd; } >/dev/null || install_packages docker.io
  start_dockerd
}

# remove_image NAME: from whichever engine holds it, as the product takes docker or podman.
remove_image() {
  local engine
  for engine in docker podman; do
    if command -v "$engine" >/dev/null && "$engine" image inspect "$1" >/dev/null 2>&1; then
      "$engine" image rm "$1" >/dev/null
    fi
  done
}

start_dockerd() {
  if [ -d /run/systemd/system ]; then
    systemctl start docker || stop "Could not start docker." "systemctl status docker tells why."
  else
    say "Starting dockerd, since no service manager does (log: /var/log/dockerd.log)"
    rm -f /var/run/docker.pid
    setsid nohup dockerd >/var/log/dockerd.log 2>&1 </dev/null &
  fi
  for _ in $(seq 300); do
    docker info >/dev/null 2>&1 && return
    sleep 0.1
  done
  stop "dockerd was started but did not answer within 30 s:" "$(tail -3 /var/log/dockerd.log)"
}

# Testcontainers wants to pull a small container that cleans up after it. Where no registry can be reached it hangs
# instead, so it is told to do without.
settle_testcontainers() {
  local ryuk=${TESTCONTAINERS_RYUK_CONTAINER_IMAGE:-testcontainers/ryuk:0.14.0}
  docker image inspect "$ryuk" >/dev/null 2>&1 && return
  timeout 20 docker pull -q "$ryuk" >/dev/null 2>&1 && return
  say "No image registry answers: Testcontainers runs without its clean-up container."
  export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=localhost
}

# The newest PostgreSQL of the system that has servers and client programs; clusters and the other ways of copying run
# on the same version.
need_postgres() {
  find_postgres && return
  if ! may_install; then
    stop "The system's PostgreSQL is missing; its servers and client programs are worked with." \
      "On Debian or Ubuntu: apt-get install postgresql"
  fi
  # Debian makes and starts a cluster of its own when the package is installed, unless it is told not to.
  local wish=/etc/postgresql-common/createcluster.d/db-artifact.conf
  mkdir -p "${wish%/*}"
  echo 'create_main_cluster = false' >"$wish"
  install_packages postgresql
  rm -f "$wish"
  find_postgres || stop "The package postgresql was installed, but /usr/lib/postgresql holds no pgbench."
}

find_postgres() {
  local each
  postgres=
  for each in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t/ -k5 -n); do
    if [ -x "$each/postgres" ] && [ -x "$each/pgbench" ] && [ -x "$each/pg_amcheck" ] && [ -x "$each/pg_basebackup" ]; then postgres=$each; fi
  done
  [ -n "$postgres" ]
}

# The AWS SDK for Python, of whichever python3 comes first.
need_boto3() {
  python3 -c 'import boto3' 2>/dev/null && return
  if may_install; then install_packages python3-boto3; fi
  python3 -c 'import boto3' 2>/dev/null ||
    stop "python3 has no boto3; it is a client that the local engine is tried with." "On Debian or Ubuntu: apt-get install python3-boto3"
}
