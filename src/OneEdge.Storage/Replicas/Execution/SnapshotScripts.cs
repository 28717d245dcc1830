namespace OneEdge.Storage.Replicas;

/// <summary>The scripts for snapshots of disks, and for disks of running machines.</summary>
internal static class SnapshotScripts
{
    // libvirt refuses a copy while another job of the disk ends.
    private const string BlockCopy = """
        block_copy() {
          local attempt text
          for attempt in 1 2 3; do
            if text=$(virsh --connect qemu:///system blockcopy "$1" "$2" "$3" --wait --finish 2>&1 > /dev/null); then return 0; fi
            if [[ $text != *'active block job'* ]]; then break; fi
            sleep 5
          done
          printf '%s\n' "$text" >&2
          return 1
        }

        """;

    /// <summary>Parameters: disk, number.</summary>
    public const string Take = ScriptParts.Strict + """
        mkdir -p -- "$1.snap"
        new=$1.snap/.oneedge-$2
        trap 'rm -f -- "$new"' EXIT
        cp --sparse=always --reflink=auto -- "$1" "$new"
        sync "$new"
        mv -fT -- "$new" "$1.snap/$2"
        """;

    /// <summary>Parameters: disk, number, machine.</summary>
    public const string TakeLive = ScriptParts.Strict + BlockCopy + """
        mkdir -p -- "$1.snap"
        new=$1.snap/.oneedge-$2 real=$1
        trap 'rm -f -- "$new"' EXIT
        if [ -L "$1" ]; then real=${1%/*}/$(readlink -- "$1"); fi
        : > "$new"
        block_copy "$3" "$real" "$new"
        sync "$new"
        mv -fT -- "$new" "$1.snap/$2"
        """;

    /// <summary>Parameters: disk, number.</summary>
    public const string Delete = ScriptParts.Strict + """
        rm -f -- "$1.snap/$2"
        """;

    private const string Checks = ScriptParts.Magic + """
        disk=$1 name=${1##*/} snap=$1.snap id=$2
        if [ ! -f "$snap/$id" ]; then echo "There is no snapshot $id of $disk." >&2; exit 66; fi
        if [ "$3" = 1 ]; then
          if ! is_qcow2 "$snap/$id"; then echo "Snapshot $id of $disk is not in qcow2 format." >&2; exit 65; fi
          backing=$(backing_of "$snap/$id")
          if [ -n "$backing" ] && ! is_own_base "$backing"; then
            printf 'Snapshot %s of %s lies on another image, %q.\n' "$id" "$disk" "$backing" >&2
            exit 65
          fi
        fi

        """;

    /// <summary>Whether a disk could be reverted. Parameters as for <see cref="Revert"/>.</summary>
    public const string Check = ScriptParts.Strict + Checks;

    /// <summary>
    /// Parameters: disk, number, <c>1</c> to make the snapshot a base with a new overlay. A snapshot of a disk with a base is itself an overlay over it:
    /// its chain becomes the new base.
    /// </summary>
    public const string Revert = ScriptParts.Strict + Checks + """
        work=${disk%/*}/.$name.oneedge-revert
        rm -rf -- "$work"
        mkdir -- "$work"
        trap 'rm -rf -- "$work"' EXIT
        if [ "$3" != 1 ]; then
          cp --sparse=always --reflink=auto -- "$snap/$id" "$work/disk"
          sync "$work/disk"
          mv -fT -- "$work/disk" "$disk"
          exit 0
        fi
        mkdir -- "$work/$name.snap"
        qemu-img convert -q -f qcow2 -O qcow2 "$snap/$id" "$work/$name.snap/base"
        cd -- "$work/$name.snap"
        ln -s -- . "$name.snap"
        qemu-img create -q -f qcow2 -F qcow2 -b "$name.snap/base" base.1
        sync base base.1
        # The other snapshots are overlays over the base that goes: each gets a name of its own for it.
        generation=0
        while [ -e "$snap/base.former-$generation" ]; do generation=$((generation + 1)); done
        kept=0
        for other in "$snap"/*; do
          entry=${other##*/}
          if [[ ! $entry =~ ^[0-9]+$ ]]; then continue; fi
          backing=$(backing_of "$other")
          if [ "$backing" != "$name.snap/base" ]; then continue; fi
          if [ "$kept" = 0 ]; then ln -- "$snap/base" "$snap/base.former-$generation"; kept=1; fi
          (cd -- "$snap" && qemu-img rebase -q -u -f qcow2 -F qcow2 -b "$name.snap/base.former-$generation" "$entry")
        done
        rm -f -- "$snap/rs_tmp"
        # An image instead of the link while base and overlay are exchanged, so that a crash leaves either.
        ln -- base "$work/disk" 2> /dev/null || cp --reflink=auto --sparse=always -- base "$work/disk"
        sync "$work/disk"
        mv -fT -- "$work/disk" "$disk"
        mv -fT -- base "$snap/base"
        ln -sfn -- . "$snap/$name.snap"
        mv -fT -- base.1 "$snap/base.1"
        ln -s -- "$name.snap/base.1" "$work/link"
        mv -fT -- "$work/link" "$disk"
        cd /
        """;

    /// <summary>Parameters: disk, file to write, machine, device in the guest.</summary>
    public const string LiveExport = ScriptParts.Strict + BlockCopy + """
        disk=$1 file=$2 domain=$3 target=$4
        rm -f -- "$file"
        : > "$file"
        if block_copy "$domain" "$target" "$file"; then exit 0; fi
        if timeout 60 virsh --connect qemu:///system domfsfreeze "$domain" > /dev/null; then
          trap 'timeout 60 virsh --connect qemu:///system domfsthaw "$domain" > /dev/null' EXIT
        elif timeout 60 virsh --connect qemu:///system suspend "$domain" > /dev/null; then
          trap 'timeout 60 virsh --connect qemu:///system resume "$domain" > /dev/null' EXIT
        else
          echo "Could not domfsfreeze or suspend domain $domain" >&2
          exit 1
        fi
        # The machine holds the lock of its image, but does not write now.
        if [ -L "$disk" ]; then qemu-img convert -q -U -f qcow2 -O qcow2 -- "$disk" "$file"; else cp --sparse=always --reflink=auto -- "$disk" "$file"; fi
        """;
}
