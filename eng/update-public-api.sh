#!/usr/bin/env bash
# Rewrites PublicAPI.Unshipped.txt of every library (or of those named) from its code. Review the difference like code.
#   eng/update-public-api.sh [OneEdge.Config ...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

libraries=("$@")
[ ${#libraries[@]} -gt 0 ] || mapfile -t libraries < <(ls src | grep '^OneEdge\.')

for library in "${libraries[@]}"; do
  project=src/$library/$library.csproj
  [ -f "$project" ] || { echo "no such library: $library" >&2; exit 1; }
  touch "src/$library/PublicAPI.Shipped.txt"
  [ -s "src/$library/PublicAPI.Shipped.txt" ] || echo '#nullable enable' > "src/$library/PublicAPI.Shipped.txt"
  # Starting from nothing also drops what is no longer there. A removed line of Shipped is a breaking change, written by hand.
  echo '#nullable enable' > "src/$library/PublicAPI.Unshipped.txt"
  # One project at a time: over a solution only the first one is filled.
  dotnet format analyzers "$project" --diagnostics RS0016 --severity warn
  echo "$library: $(grep -vc '^#' "src/$library/PublicAPI.Unshipped.txt") unshipped entries"
done
