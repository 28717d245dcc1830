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
          find "$@" \( -type f -printf 'f %s %p\0' \) -o \( -type l -printf 'l %l %p\0' \) -o \( -type d -printf 'd %p\0' \) | LC_ALL=C sort -z | sha256sum | cut -d' ' -f1
        }

        """;

    /// <summary>Tells whether a file begins as qcow2 does.</summary>
    public const string Magic = """
        is_qcow2() { [ "$(od -An -N4 -tx1 -- "$1" | tr -d ' \n')" = 514649fb ]; }

        """;
}
