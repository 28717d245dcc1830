namespace OneEdge.Storage.Recovery;

/// <summary>What runs on the replica and, to send, on the hypervisor. Constant texts; whatever varies is a parameter.</summary>
internal static class ReplicaScripts
{
    /// <summary>The exit code of a copy that is not what was sent.</summary>
    public const int Differs = 90;

    /// <summary>The exit code of a base that is gone since it was looked at.</summary>
    public const int BaseGone = 91;

    /// <summary>
    /// $1 directory of the VM, $2 disk. Makes room for what arrives, drops what broken runs left, tells the newest generation, the digest of the base, and
    /// how much is free.
    /// </summary>
    public const string Prepare = """
        set -euo pipefail
        vm=$1 disk=$2
        store=$vm/.oneedge/$disk snap=$vm/$disk.snap
        rm -rf -- "$store/new" "$store/link" "$store/base.sum.new" "$store/incoming"
        mkdir -p -- "$store/incoming" "$store/partial" "$snap"
        # A directory for this run alone: what an earlier one, whose sender is dead, still writes never gets a name.
        echo "incoming $(mktemp -d -- "$store/incoming/XXXXXXXX")"
        last=0
        for path in "$store"/*/; do
          name=${path%/} name=${name##*/}
          if [[ $name =~ ^[1-9][0-9]{0,17}$ ]] && [ "$name" -gt "$last" ]; then last=$name; fi
        done
        echo "generation $last"
        if [ "$last" -gt 0 ] && [ -f "$store/$last/$disk.snap/base.1" ]; then echo "basis $store/$last/$disk.snap"
        elif [ -f "$snap/base.1" ]; then echo "basis $snap"; fi
        if [ -f "$snap/base" ] && [ ! -L "$snap/base" ]; then
          key=$(stat -c '%i %s %Y %Z' -- "$snap/base")
          if [ -f "$store/base.sum" ] && { read -r known; read -r sum; } < "$store/base.sum" && [ "$known" = "$key" ]; then :
          else
            sum=$(sha256sum < "$snap/base")
            sum=${sum%% *}
            printf '%s\n%s\n' "$key" "$sum" > "$store/base.sum.new"
            mv -fT -- "$store/base.sum.new" "$store/base.sum"
          fi
          echo "base $sum"
        fi
        free=$(df --output=avail -B1 -- "$vm" | tail -n 1)
        echo "free $((free))"
        """;

    /// <summary>
    /// $1 directory of the VM, $2 disk, $3 bytes of the copy. After a copy that failed: gives back the room of what has arrived so far if there is none for
    /// the rest, and tells how much there was.
    /// </summary>
    public const string MakeRoom = """
        set -euo pipefail
        store=$1/.oneedge/$2
        rm -rf -- "$store/incoming" "$store/new"
        free=$(df --output=avail -B1 -- "$1" | tail -n 1)
        if [ "$free" -lt "$3" ]; then rm -rf -- "$store/partial"; echo "full $((free))"; fi
        """;

    /// <summary>
    /// $1 directory of the VM, $2 disk, $3 generation, $4 digest, $5 digest of the base, $6 manifest, $7 generations to keep, $8 where it arrived. Verifies
    /// what arrived, makes it a generation by a rename,
    /// then gives it the names that the original reads, then removes old generations. Every name shows a whole file at any time, and no base.1 ever stands
    /// beside a base that is not its own. Prints <c>removed</c> and the number of each generation that went.
    /// </summary>
    public const string Publish = """
        set -euo pipefail
        vm=$1 disk=$2 generation=$3 sum=$4 basesum=$5 manifest=$6 keep=$7 in=$8
        store=$vm/.oneedge/$disk snap=$vm/$disk.snap new=$store/new
        check() {
          local got
          got=$(sha256sum < "$1")
          if [ "${got%% *}" != "$2" ]; then echo "$1 has the SHA-256 ${got%% *} instead of $2" >&2; rm -f -- "$1"; exit 90; fi
        }
        rm -rf -- "$new"
        mkdir -- "$new" "$new/$disk.snap"
        mv -T -- "$in/base.1" "$new/$disk.snap/base.1"
        if [ -e "$in/base" ]; then
          mv -T -- "$in/base" "$new/$disk.snap/base"
          check "$new/$disk.snap/base" "$basesum"
        else
          [ -f "$snap/base" ] || { echo "$snap/base is gone" >&2; exit 91; }
          ln -- "$snap/base" "$new/$disk.snap/base"
        fi
        check "$new/$disk.snap/base.1" "$sum"
        ln -s -- "$disk.snap/base.1" "$new/$disk"
        printf '%s' "$manifest" > "$new/manifest.json"
        sync -- "$new/$disk.snap/base.1" "$new/$disk.snap/base" "$new/manifest.json" "$new/$disk.snap" "$new"
        mv -T -- "$new" "$store/$generation"
        sync -- "$store"
        rm -rf -- "$in" "$store/partial"

        mkdir -p -- "$snap"
        if ! [ "$snap/base" -ef "$store/$generation/$disk.snap/base" ]; then
          rm -f -- "$snap/base.1" "$store/link"
          sync -- "$snap"
          ln -- "$store/$generation/$disk.snap/base" "$store/link"
          mv -fT -- "$store/link" "$snap/base"
        fi
        rm -f -- "$store/link"
        ln -- "$store/$generation/$disk.snap/base.1" "$store/link"
        mv -fT -- "$store/link" "$snap/base.1"
        if [ "$(readlink -- "$vm/$disk" || :)" != "$disk.snap/base.1" ]; then
          ln -s -- "$disk.snap/base.1" "$store/link"
          mv -fT -- "$store/link" "$vm/$disk"
        fi
        sync -- "$snap" "$vm"
        printf '%s\n%s\n' "$(stat -c '%i %s %Y %Z' -- "$snap/base")" "$basesum" > "$store/base.sum"

        kept=0
        for name in $(ls -1 -- "$store" | grep -E '^[1-9][0-9]{0,17}$' | sort -rn); do
          kept=$((kept + 1))
          if [ "$kept" -gt "$keep" ]; then rm -rf -- "${store:?}/$name"; echo "removed $name"; fi
        done
        """;

    /// <summary>
    /// $1 the program, $2 file, $3 host, $4 directory there, $5 seconds that it may stand still, $6 the command for the connection, $7 where an interrupted
    /// copy is kept, $8 a directory there with a similar file, or empty.
    /// </summary>
    public const string Send = """
        set -euo pipefail
        options=(--protect-args --sparse --times --ignore-times "--partial-dir=$7" "--timeout=$5" "--rsh=$6")
        if [ -n "$8" ]; then options+=("--copy-dest=$8"); fi
        exec "$1" "${options[@]}" -- "$2" "$3:$4/"
        """;
}
