namespace OneEdge.Storage.Recovery;

/// <summary>How a store is read on another host. Constant texts; they print numbers, and bytes as base64, and follow no link.</summary>
internal static class CatalogScripts
{
    /// <summary>$1 the store, $2 a machine or nothing: the places of disks, <c>7/disk.0.snap</c> or <c>7/.oneedge/disk.0</c>.</summary>
    public const string Disks = """
        set -euo pipefail
        root=$1 prefix= depth=2
        if [ -n "$2" ]; then root=$1/$2 prefix=$2/ depth=1; fi
        if [ ! -d "$root" ] || { [ -n "$2" ] && [ -L "$root" ]; }; then exit 0; fi
        find "$root/" -mindepth "$depth" -maxdepth "$depth" -type d -name 'disk.*.snap' -printf "$prefix%P\n"
        find "$root/" -mindepth "$((depth + 1))" -maxdepth "$((depth + 1))" -type d -path '*/.oneedge/disk.*' -printf "$prefix%P\n"
        """;

    /// <summary>
    /// $1 directory of the VM, $2 disk. For each of the newest generations and for what the original reads (generation 0): a line <c>chain</c> with the
    /// number, a time and the manifest, then a line <c>file</c> for base.1 and for base, with identity, length, blocks, time and the first bytes.
    /// </summary>
    public const string Chains = """
        set -euo pipefail
        vm=$1 disk=$2 store=$1/.oneedge/$2
        show() {
          local dir=$2 snap=$2/$disk.snap file manifest=
          if [ -f "$dir/manifest.json" ] && [ ! -L "$dir/manifest.json" ]; then manifest=$(head -c 65537 -- "$dir/manifest.json" | base64 -w 0); fi
          printf 'chain %s %s %s\n' "$1" "$(stat -c %Y -- "$dir")" "${manifest:--}"
          if [ -L "$snap" ]; then return; fi
          for file in base.1 base; do
            if [ ! -f "$snap/$file" ] || [ -L "$snap/$file" ]; then continue; fi
            printf 'file %s %s %s\n' "$file" "$(stat -c '%d:%i %s %b %Y' -- "$snap/$file")" "$(head -c 4096 -- "$snap/$file" | base64 -w 0)"
          done
        }
        if [ ! -d "$vm" ] || [ -L "$vm" ]; then exit 0; fi
        if [ -d "$store" ] && [ ! -L "$store" ] && [ ! -L "$vm/.oneedge" ]; then
          { ls -1 -- "$store" | grep -E '^[1-9][0-9]{0,17}$' || true; } | sort -rn | sed -n 1,64p | while read -r name; do
            if [ -d "$store/$name" ] && [ ! -L "$store/$name" ]; then show "$name" "$store/$name"; fi
          done
        fi
        show 0 "$vm"
        """;

    /// <summary>
    /// $1 overlay, $2 base: walks the tables of both; the names in their headers are not used. A line each: the exit code, and the last of what was said.
    /// </summary>
    public const string Check = """
        set -uo pipefail
        overlay=${1//,/,,} base=${2//,/,,}
        below=driver=qcow2,file.driver=file,file.filename=$base
        check() {
          local text code
          text=$(qemu-img check -U --image-opts "$1" 2>&1)
          code=$?
          printf 'check %s %s\n' "$code" "$(printf '%s' "$text" | tail -c 500 | base64 -w 0)"
        }
        check "driver=qcow2,file.driver=file,file.filename=$overlay,backing.driver=qcow2,backing.file.driver=file,backing.file.filename=$base"
        check "$below"
        """;

    /// <summary>$1 overlay, $2 base: their digests, a line each.</summary>
    public const string Digests = """
        set -euo pipefail
        for file in "$1" "$2"; do
          if [ ! -f "$file" ] || [ -L "$file" ]; then echo "$file is no regular file" >&2; exit 66; fi
          sum=$(sha256sum < "$file")
          printf 'sha256 %s\n' "${sum%% *}"
        done
        """;
}
