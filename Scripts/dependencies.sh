#!/usr/bin/env bash
# Makes sure that what the build needs is there: a Swift toolchain, OpenBLAS, LAPACKE and pkg-config.
# Installs packages on Debian and Ubuntu only; elsewhere it says which ones are missing. Does nothing, in
# milliseconds, when all is there.
set -euo pipefail

stop() {
  printf 'dependencies: %s\n' "$@" >&2
  exit 1
}

packages_present() {
  command -v pkg-config >/dev/null && pkg-config --exists openblas lapacke
}

# What the compiler and the package manager call: a linker, git, and C and C++ headers.
tools_present() {
  command -v git >/dev/null && command -v ld >/dev/null && [ -e /usr/include/stdio.h ] && [ -d /usr/include/c++ ]
}

install_with_apt() {
  local run=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || stop "installing packages needs root or sudo; as root, run:" \
      "  apt-get update && apt-get install --yes $*"
    run=(sudo)
  fi
  echo "dependencies: installing $*"
  "${run[@]}" apt-get update
  "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
}

case "$(uname -s)" in
  Linux)
    missing=()
    packages_present || missing+=(libopenblas-dev liblapacke-dev pkg-config)
    tools_present || missing+=(git binutils libc6-dev g++)
    if [ ${#missing[@]} -gt 0 ]; then
      if command -v apt-get >/dev/null; then
        install_with_apt "${missing[@]}"
      elif command -v dnf >/dev/null; then
        stop "packages are missing. Install them and run make again:" \
          "  sudo dnf install openblas-devel lapack-devel pkgconf-pkg-config git binutils glibc-devel gcc-c++"
      else
        stop "OpenBLAS, LAPACKE, pkg-config, git, a linker or C headers are missing, and this script knows the" \
          "packages of Debian, Ubuntu, Fedora and Homebrew only. \`pkg-config --exists openblas lapacke\` must succeed."
      fi
      packages_present || stop "the packages are installed, but pkg-config still does not find openblas and lapacke."
    fi
    ;;
  Darwin)
    if command -v brew >/dev/null; then
      # Homebrew keeps both out of the default search path.
      PKG_CONFIG_PATH="$(brew --prefix)/opt/openblas/lib/pkgconfig:$(brew --prefix)/opt/lapack/lib/pkgconfig:${PKG_CONFIG_PATH:-}"
      export PKG_CONFIG_PATH
    fi
    packages_present || stop "packages are missing. Install them and run make again:" \
      "  brew install openblas lapack pkgconf" \
      "  export PKG_CONFIG_PATH=\"\$(brew --prefix)/opt/openblas/lib/pkgconfig:\$(brew --prefix)/opt/lapack/lib/pkgconfig\""
    ;;
  *) stop "$(uname -s) is not supported; Linux and macOS are." ;;
esac

command -v "${SWIFT:-swift}" >/dev/null ||
  stop "there is no Swift toolchain in PATH. Install Swift 6.3 or later from https://www.swift.org/install"
