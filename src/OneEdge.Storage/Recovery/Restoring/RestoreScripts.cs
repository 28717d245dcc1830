namespace OneEdge.Storage.Recovery;

/// <summary>What a restore runs besides the copy.</summary>
internal static class RestoreScripts
{
    /// <summary>The exit code when the disk is there already.</summary>
    public const int Exists = 92;

    /// <summary>
    /// $1 directory of the VM, $2 disk, $3 whether an existing disk is replaced. Makes room beside the disk, and keeps what an interrupted copy left of use.
    /// </summary>
    public const string Stage = """
        set -euo pipefail
        vm=$1 disk=$2
        if { [ -e "$vm/$disk" ] || [ -L "$vm/$disk" ]; } && [ "$3" != yes ]; then echo "$vm/$disk is there already" >&2; exit 92; fi
        mkdir -p -- "$vm/.restore.$disk/$disk.snap" "$vm/.restore.$disk/partial"
        find "$vm/.restore.$disk/$disk.snap" -mindepth 1 -maxdepth 1 -name '.*' -exec rm -rf -- {} +
        """;

    /// <summary>$1 file, $2 directory on the same host.</summary>
    public const string CopyHere = """cp --sparse=always --reflink=auto -- "$1" "$2/" """;

    /// <summary>$1 directory of the VM, $2 disk, $3 digest of the overlay, $4 digest of the base. The copies are what was verified on the replica.</summary>
    public const string Verify = """
        set -euo pipefail
        dir=$1/.restore.$2/$2.snap
        check() {
          local got
          got=$(sha256sum < "$1")
          if [ "${got%% *}" != "$2" ]; then echo "$1 has the SHA-256 ${got%% *} instead of $2" >&2; rm -f -- "$1"; exit 90; fi
        }
        check "$dir/base.1" "$3"
        check "$dir/base" "$4"
        """;

    /// <summary>$1 directory of the VM, $2 disk. Gives the copies their names; the disk itself last.</summary>
    public const string Publish = """
        set -euo pipefail
        vm=$1 disk=$2 stage=$1/.restore.$2
        if [ -e "$stage/$disk.snap" ]; then
          ln -sfn -- . "$stage/$disk.snap/$disk.snap"
          sync -- "$stage/$disk.snap/base" "$stage/$disk.snap/base.1" "$stage/$disk.snap"
          rm -rf -- "$stage/old"
          if [ -e "$vm/$disk.snap" ] || [ -L "$vm/$disk.snap" ]; then mv -T -- "$vm/$disk.snap" "$stage/old"; fi
          mv -T -- "$stage/$disk.snap" "$vm/$disk.snap"
        fi
        rm -f -- "$vm/.recovery.$disk.json" "$vm/.recovery.$disk.new" "$stage/link"
        ln -s -- "$disk.snap/base.1" "$stage/link"
        mv -fT -- "$stage/link" "$vm/$disk"
        sync -- "$vm"
        rm -rf -- "$stage"
        """;
}
