# shellcheck shell=bash
# shellcheck disable=SC2154  # root, state and program are set by ./seas
# Sourced by ./seas: finds out what is missing, installs it, builds.

say() { printf 'seas: %s\n' "$*" >&2; }

fail() { # what failed and what to do, one line each
  printf 'seas: %s\n' "$@" >&2
  exit 1
}

require_dotnet() {
  if ! command -v dotnet >/dev/null; then
    fail "the .NET 10 SDK is missing (there is no command 'dotnet')." \
      "Install it, for example with:  curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0" \
      "then put its folder on the PATH and run this again."
  fi
  if ! (cd "$root" && dotnet --version) >/dev/null 2>&1; then
    fail "this project needs the .NET 10 SDK; found: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ')" \
      "Install SDK 10.0.100 or newer beside it; several versions live together."
  fi
}

# --- system packages ------------------------------------------------------------------------------------------------

wanted_packages() { # verb: what this verb needs from the system, one a line
  [ "$1" != test ] || printf '%s\n' chromium
  printf '%s\n' nodejs npm   # the build fetches uPlot; the tests try the hub with npm's client
}

missing_packages() { # verb
  local name
  command -v dpkg-query >/dev/null || return 0
  local present
  present=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p')
  for name in $(wanted_packages "$1"); do
    case $name in
      nodejs | npm) command -v "${name/nodejs/node}" >/dev/null && continue ;;
    esac
    grep -qxF "$name" <<<"$present" || printf '%s\n' "$name"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

install_packages() { # verb
  local missing
  missing=$(missing_packages "$1" | tr '\n' ' ')
  missing=${missing% }
  [ -n "$missing" ] || return 0
  local log=$state/install.log by_hand="sudo apt-get update && sudo apt-get install -y $missing"
  command -v apt-get >/dev/null ||
    fail "missing: $missing (and this system has no apt-get)." "Install them your system's way, then run this again."
  [ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
    fail "missing: $missing, and neither root nor sudo is at hand." "Have someone run:  $by_hand"

  say "installing with apt: $missing"
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)
  # Old lists may still do, so what counts is whether the packages could be installed.
  as_root "${apt[@]}" update >"$log" 2>&1 </dev/null || true
  # shellcheck disable=SC2086  # the names are words of their own
  if ! as_root "${apt[@]}" install --no-install-recommends $missing >>"$log" 2>&1 </dev/null; then
    tail -n 15 "$log" >&2
    fail "apt could not install: $missing (all of its words: $log)" "By hand:  $by_hand"
  fi
}

# --- building -----------------------------------------------------------------------------------------------------------

sources() { # every file that the program is built from, with size and time: a deleted or older file counts as a change too
  # And the place: what a build leaves names its folders in full, so that a checkout that was copied or moved has to be built there.
  (cd "$root" && { printf '%s\n' "$root"; find SEAS.Data SEAS.Training SEAS.Web wwwroot build ./*.props ./*.targets global.json \
    .editorconfig BannedSymbols.txt \( -name bin -o -name obj \) -prune -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort; } | sha256sum)
}

build() { # stamp name, project: builds when the sources are not those of the stamp
  local stamp=$state/$1.stamp log=$state/build.log program_sources now
  program_sources=$(sources)
  now=$program_sources$([ "$1" = program ] || tests_sources)
  if [ -f "$program" ] && [ -f "$stamp" ] && [ "$now" = "$(<"$stamp")" ]; then return 0; fi
  if [ -f "$program" ]; then say "building what changed"; else say "building (the first time takes a minute or two)"; fi
  # No compiler or build server stays behind: they would hold memory that a run needs.
  if ! (cd "$root" && dotnet build "$2" -c Release -v q -nodeReuse:false -p:UseSharedCompilation=false) >"$log" 2>&1 </dev/null; then
    grep -E '(error|warning) ' "$log" | sed "s:$root/::g" | sort -u | head -n 20 >&2 || tail -n 20 "$log" >&2
    fail "the build failed (all of its words: $log)." "If a system library is named above:  ./seas doctor"
  fi
  printf '%s\n' "$now" >"$stamp"
  printf '%s\n' "$program_sources" >"$state/program.stamp"
}

prepare() { # everything that the program needs, one at a time when several ask at once
  require_dotnet_quickly
  mkdir -p "$state"
  exec 9>"$state/lock"
  flock 9
  install_packages run
  build program SEAS.Web
  exec 9>&-
}

require_dotnet_quickly() { # asking dotnet costs a tenth of a second, so only while there is no finished build
  if [ ! -f "$state/program.stamp" ] || ! command -v dotnet >/dev/null; then require_dotnet; fi
}

diagnose() { # for doctor: installs nothing, says what is missing, goes on with a build if there can be one
  require_dotnet
  mkdir -p "$state"
  local missing
  missing=$(missing_packages run | tr '\n' ' ')
  [ -z "$missing" ] || say "missing: $missing" "→ any other verb installs them; by hand: sudo apt-get install -y $missing"
  missing=$(missing_packages test | tr '\n' ' ')
  [ -z "$missing" ] || say "tests also need: $missing"
  build program SEAS.Web
}
