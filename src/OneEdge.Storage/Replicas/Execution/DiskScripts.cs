namespace OneEdge.Storage.Replicas;

/// <summary>The scripts that change disks where they are. Each may be run again at any time, and none leaves a disk that is neither as before nor as it is
/// to be.</summary>
internal static class DiskScripts
{
    /// <summary>Parameters: directory.</summary>
    public const string MakeDirectory = ScriptParts.Strict + """
        mkdir -p -- "$1"
        """;

    /// <summary>Parameters: directory of the datastore, word.</summary>
    public const string MarkMonitored = ScriptParts.Strict + """
        word=
        if [ -f "$1/.monitor" ]; then read -r word < "$1/.monitor" || true; fi
        if [ "$word" != "$2" ]; then printf '%s\n' "$2" > "$1/.monitor"; fi
        """;

    /// <summary>A removal that programs which still hold files may delay. Parameters: path.</summary>
    public const string Remove = ScriptParts.Strict + """
        for attempt in 1 2 3 4 5 6 7 8 9; do
          if rm -rf -- "$1" 2> /dev/null; then exit 0; fi
          sleep 1
        done
        rm -rf -- "$1"
        """;

    /// <summary>How a path looks, in one line. Parameters: path.</summary>
    public const string State = ScriptParts.Strict + """
        if [ -L "$1" ]; then printf 'link %q\n' "$(readlink -- "$1")"
        elif [ -d "$1" ]; then stat -c 'directory %i' -- "$1"
        elif [ -e "$1" ]; then stat -c 'file %i %s' -- "$1"
        else echo missing; fi
        """;

    /// <summary>A disk becomes an overlay over what it is. Parameters: disk.</summary>
    public const string CreateRecoveryBase = ScriptParts.Strict + ScriptParts.Magic + """
        disk=$1 name=${1##*/} snap=$1.snap
        work=${disk%/*}/.$name.oneedge-base
        if [ -L "$disk" ]; then
          if [ "$(readlink -- "$disk")" = "$name.snap/base.1" ] && [ -f "$snap/base" ] && [ -f "$snap/base.1" ]; then exit 0; fi
          echo "$disk is a link, but not to an overlay of it." >&2
          exit 65
        fi
        if [ ! -f "$disk" ]; then echo "There is no disk $disk." >&2; exit 66; fi
        if ! is_qcow2 "$disk"; then echo "The image of $disk is not in qcow2 format, which recovery snapshots need." >&2; exit 65; fi
        backing=$(backing_of "$disk")
        if [ -n "$backing" ]; then printf 'The image of %s lies on another one, %q, which does not come with it.\n' "$disk" "$backing" >&2; exit 65; fi
        rm -rf -- "$work"
        mkdir -p -- "$work/$name.snap"
        cd -- "$work/$name.snap"
        ln -- "$disk" base 2> /dev/null || cp --sparse=always -- "$disk" base
        ln -s -- . "$name.snap"
        qemu-img create -q -f qcow2 -F qcow2 -b "$name.snap/base" base.1
        sync base base.1
        mkdir -p -- "$snap"
        rm -f -- "$snap/rs_tmp"
        mv -fT -- base "$snap/base"
        ln -sfn -- . "$snap/$name.snap"
        mv -fT -- base.1 "$snap/base.1"
        # To the first snapshot it tells that those on the replica, if any, are of another disk.
        : > "${disk%/*}/.recovery.$name.new"
        # Up to here the disk is the image itself.
        ln -s -- "$name.snap/base.1" "$work/link"
        mv -fT -- "$work/link" "$disk"
        cd /
        rm -rf -- "$work"
        """;

    /// <summary>The place of a new base of recovery snapshots: all snapshots over another base go first. Parameters: disk there, image that it is made of
    /// or nothing.</summary>
    public const string PrepareRecoveryBase = ScriptParts.Strict + """
        mkdir -p -- "$1.snap"
        rm -f -- "$1.snap/base.1" "$1.snap/base" "$1.snap/.origin"
        rm -rf -- "${1%/*}/.oneedge/${1##*/}"
        if [ -n "$2" ]; then printf '%s' "$2" > "$1.snap/.origin"; fi
        ln -sfn -- "${1##*/}.snap/base.1" "$1"
        """;

    /// <summary>Whether a recovery snapshot exists, of a certain image: <c>yes</c>; <c>former</c> when there is anything else of a disk of that number;
    /// <c>no</c>. Parameters: disk there, image.</summary>
    public const string HasRecoverySnapshot = ScriptParts.Strict + """
        origin=$2
        if [ -f "$1.snap/.origin" ]; then IFS= read -r -d '' origin < "$1.snap/.origin" || true; fi
        if [ -f "$1.snap/base" ] && [ -f "$1.snap/base.1" ] && [ "$origin" = "$2" ]; then echo yes
        elif [ -e "$1.snap" ] || [ -L "$1" ] || [ -e "${1%/*}/.oneedge/${1##*/}" ]; then echo former
        else echo no; fi
        """;

    /// <summary>Parameters: disk there, <c>1</c> when the copy of the last disk snapshot goes too.</summary>
    public const string ForgetRecovery = ScriptParts.Strict + """
        # Generations of snapshots lie in a directory of their own.
        rm -rf -- "$1.snap" "$1" "${1%/*}/.oneedge/${1##*/}"
        if [ "$2" = 1 ]; then rm -f -- "$1.replica_snap"; fi
        """;

    /// <summary>
    /// Without a format a disk that is no link is looked at, as qemu-img would do; its guest can then choose what it is taken for. Parameters: disk, size
    /// in MiB, <c>1</c> to allocate it, format or nothing.
    /// </summary>
    public const string Resize = ScriptParts.Strict + ScriptParts.Magic + """
        format=$4
        options=()
        if [ "$3" = 1 ]; then options=(--preallocation=falloc); fi
        if [ -L "$1" ]; then format=qcow2; fi
        if [ -z "$format" ]; then
          format=raw
          if is_qcow2 "$1"; then format=qcow2; fi
        fi
        qemu-img resize -q -f "$format" "${options[@]}" "$1" "$2M"
        """;

    /// <summary>Parameters: disk.</summary>
    public const string Flatten = ScriptParts.Strict + ScriptParts.Magic + """
        disk=$1 name=${1##*/} snap=$1.snap
        if [ -L "$disk" ]; then
          qemu-img convert -q -f qcow2 -O qcow2 -- "$disk" "$disk.full"
          sync "$disk.full"
          mv -fT -- "$disk.full" "$disk"
        fi
        # Snapshots of the disk stay, as files of their own too; of what recovery snapshots need nothing does.
        for one in "$snap"/*; do
          if [[ ! ${one##*/} =~ ^[0-9]+$ ]]; then continue; fi
          backing=$(backing_of "$one")
          if ! is_own_base "$backing"; then continue; fi
          qemu-img convert -q -f qcow2 -O qcow2 -- "$one" "$one.full"
          sync "$one.full"
          mv -fT -- "$one.full" "$one"
        done
        rm -f -- "$disk.full" "$snap/base.1" "$snap/base" "$snap/base.former-"* "$snap/"*.full "$snap/rs_tmp" "${disk%/*}/.recovery.$name.new"
        if [ -L "$snap/$name.snap" ]; then rm -f -- "$snap/$name.snap"; fi
        rmdir -- "$snap" 2> /dev/null || true
        """;

    /// <summary>Parameters: disk or snapshot, file to write.</summary>
    public const string Export = ScriptParts.Strict + """
        rm -f -- "$2"
        qemu-img convert -q -f qcow2 -O qcow2 -- "$1" "$2"
        """;

    /// <summary>
    /// Prints <c>yes</c> when a disk is a link to its overlay, or its snapshot a copy of one. What a guest can write, the first bytes of a raw disk, does
    /// not count. Parameters: disk, snapshot or nothing.
    /// </summary>
    public const string IsChain = ScriptParts.Strict + ScriptParts.Magic + """
        disk=$1 path=$1
        if [ -n "$2" ]; then path=$1.snap/$2; fi
        if [ ! -e "$path" ]; then echo "There is no $path." >&2; exit 66; fi
        if [ ! -L "$disk" ] || [ "$(readlink -- "$disk")" != "${disk##*/}.snap/base.1" ]; then echo no; exit 0; fi
        backing=$(backing_of "$path")
        if is_own_base "$backing"; then echo yes; else echo no; fi
        """;

    /// <summary>Prints <c>qcow2</c> or <c>raw</c>. Parameters: image.</summary>
    public const string Format = ScriptParts.Strict + ScriptParts.Magic + """
        if [ ! -f "$1" ]; then echo "There is no image $1." >&2; exit 66; fi
        if is_qcow2 "$1"; then echo qcow2; else echo raw; fi
        """;

    /// <summary>Prints the word in the file that monitoring reads. Parameters: directory of the datastore.</summary>
    public const string MonitorWord = ScriptParts.Strict + """
        if [ -f "$1/.monitor" ]; then head -n 1 -- "$1/.monitor"; fi
        """;

    /// <summary>A new file in a directory, printed. Parameters: directory.</summary>
    public const string Touch = ScriptParts.Strict + """
        mkdir -p -- "$1"
        mktemp -- "$1/.oneedge-shared-XXXXXXXX"
        """;

    /// <summary>Whether a file is there: <c>yes</c> or <c>no</c>. Parameters: file.</summary>
    public const string Exists = ScriptParts.Strict + """
        if [ -e "$1" ]; then echo yes; else echo no; fi
        """;

    /// <summary>Parameters: disk, size in MiB, format, file system or nothing, options of the program that makes it.</summary>
    public const string MakeImage = ScriptParts.Strict + """
        disk=$1 size=$2 format=$3 system=$4
        shift 4
        work=$(mktemp -d -- "${disk%/*}/.${disk##*/}.oneedge-XXXXXXXX")
        trap 'rm -rf -- "$work"' EXIT
        first=$format
        if [ -n "$system" ]; then first=raw; fi
        qemu-img create -q -f "$first" "$work/image" "${size}M"
        case $system in
          '') ;;
          swap) mkswap -L swap "$@" "$work/image" > /dev/null ;;
          xfs) mkfs.xfs -q -f "$@" "$work/image" > /dev/null ;;
          *) mkfs -t "$system" -F -q "$@" "$work/image" > /dev/null ;;
        esac
        if [ "$first" != "$format" ]; then
          qemu-img convert -q -f raw -O "$format" "$work/image" "$work/converted"
          mv -fT -- "$work/converted" "$work/image"
        fi
        sync "$work/image"
        rm -f -- "${disk%/*}/.recovery.${disk##*/}.json" "${disk%/*}/.recovery.${disk##*/}.new"
        mv -fT -- "$work/image" "$disk"
        """;
}
