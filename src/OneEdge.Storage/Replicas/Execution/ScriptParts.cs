namespace OneEdge.Storage.Replicas;

/// <summary>What several scripts begin with. All of it is constant text.</summary>
internal static class ScriptParts
{
    /// <summary>Exit code of scripts: what was copied is not what was sent.</summary>
    public const int Corrupt = 77;

    /// <summary>Exit code of scripts: a lock or lease belongs to somebody else by now.</summary>
    public const int Fenced = 76;

    /// <summary>Exit code of scripts: try again later.</summary>
    public const int Busy = 75;

    /// <summary>Exit code of scripts: something that must be there is not.</summary>
    public const int Missing = 66;

    /// <summary>Exit code of scripts: data of the wrong kind.</summary>
    public const int WrongData = 65;

    /// <summary>Failures end a script wherever they happen, also in pipes and substitutions.</summary>
    public const string Strict = """
        set -euo pipefail
        shopt -s inherit_errexit

        """;

    /// <summary>Two digests: of the content of an image with its snapshots, and of what changes when anybody writes to them.</summary>
    public const string Digests = """
        # Independent of where the image lies: the names below it, and the digests of its files.
        content_digest() {
          local hash entry
          hash=$(sha256sum < "$1")
          {
            printf 'image %s\n' "${hash%% *}"
            if [ -d "$1.snap" ]; then
              cd -- "$1.snap"
              find . -mindepth 1 \( -type f -o -type l \) -print0 | LC_ALL=C sort -z | while IFS= read -r -d '' entry; do
                if [ -L "$entry" ]; then
                  printf 'link %q %q\n' "$entry" "$(readlink -- "$entry")"
                else
                  hash=$(sha256sum < "$entry")
                  printf 'file %q %s\n' "$entry" "${hash%% *}"
                fi
              done
            fi
          } | sha256sum | cut -d' ' -f1
        }
        state() {
          {
            find "$1" -maxdepth 0 -printf '%i %s %T@ %C@\n'
            if [ -d "$1.snap" ]; then find "$1.snap" -mindepth 1 -printf '%i %s %T@ %C@ %P\0' | LC_ALL=C sort -z; fi
          } | sha256sum | cut -d' ' -f1
        }

        """;

    /// <summary>A digest of the names, kinds, sizes and links below some names in a directory: equal where a copy is complete.</summary>
    public const string Inventory = """
        inventory() {
          cd -- "$1"
          shift
          find "$@" \( -type f -printf 'f %s %p\0' \) -o \( -type l -printf 'l %l %p\0' \) -o \( -type d -printf 'd %p\0' \) |
            LC_ALL=C sort -z | sha256sum | cut -d' ' -f1
        }

        """;

    /// <summary>
    /// What the header of an image says: whether it begins as qcow2 does, the backing name, and whether that is one that these scripts write: of a disk's
    /// own base, which its guest cannot choose. Any other name could lead to a file of the host.
    /// </summary>
    public const string Magic = """
        is_qcow2() { [ "$(od -An -N4 -tx1 -- "$1" | tr -d ' \n')" = 514649fb ]; }
        number_at() { od -An -j"$2" -N"$3" -t "u$3" --endian=big -- "$1" | tr -d ' \n'; }
        backing_of() {
          local offset length
          if ! is_qcow2 "$1"; then return 0; fi
          offset=$(number_at "$1" 8 8)
          length=$(number_at "$1" 16 4)
          if [ "${offset:-0}" = 0 ]; then return 0; fi
          if [ "${length:-0}" -gt 1023 ]; then length=1023; fi
          dd if="$1" bs=1 skip="$offset" count="$length" status=none | tr -d '\0'
        }
        is_own_base() { [[ $1 =~ ^disk\.[0-9]+\.snap/base(\.former-[0-9]+)?$ ]]; }

        """;
}
