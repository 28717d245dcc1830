namespace OneEdge.Storage.Replicas;

/// <summary>
/// The scripts that copy disks and directories from host to host. Data arrive in a directory with a name of its own beside their place, and move there when
/// they are complete.
/// </summary>
internal static class CopyScripts
{
    /// <summary>On the destination: a new directory beside a path, printed; those of former attempts are removed. Parameters: path.</summary>
    public const string Prepare = ScriptParts.Strict + """
        parent=${1%/*} name=${1##*/}
        mkdir -p -- "$parent"
        rm -rf -- "$parent/.$name.oneedge-"*
        mktemp -d -- "$parent/.$name.oneedge-XXXXXXXX"
        """;

    /// <summary>On the destination: gives up. Parameters: the directory of <see cref="Prepare"/>.</summary>
    public const string Discard = ScriptParts.Strict + """
        rm -rf -- "$1"
        """;

    /// <summary>On the destination, behind the second connection: unpacks. Parameters: the directory.</summary>
    public const string Receive = ScriptParts.Strict + """
        cd -- "$1"
        exec tar -x -S -f -
        """;

    /// <summary>
    /// On the source: packs a file or directory, and the snapshots beside it, to the destination; prints progress and, at the end, an inventory.
    /// Parameters: directory, name, <c>1</c> with snapshots, <c>1</c> with holes, command there, its address, options of ssh.
    /// </summary>
    public const string Send = ScriptParts.Strict + ScriptParts.Inventory + """
        directory=$1 name=$2 snapshots=$3 sparse=$4 command=$5 address=$6
        shift 6
        # 255 would say that this host cannot be reached, when it is the other one.
        failed() { if [ "$1" = 255 ]; then exit 74; else exit "$1"; fi; }
        if [ ! -e "$directory/$name" ]; then echo "There is no $directory/$name." >&2; exit 66; fi
        members=("./$name")
        if [ "$snapshots" = 1 ] && [ -d "$directory/$name.snap" ]; then members+=("./$name.snap"); fi
        options=()
        if [ "$sparse" = 1 ]; then options=(-S); fi
        exec 3>&1
        cd -- "$directory"
        tar -c "${options[@]}" --no-unquote -f - -- "${members[@]}" |
          dd bs=1M iflag=fullblock status=progress 2> >(stdbuf -oL tr '\r' '\n' | sed -un 's/^\([0-9][0-9]*\) bytes.*/bytes \1/p' >&3) |
          ssh "$@" -- "$address" "$command" > /dev/null || failed $?
        found=$(inventory "$directory" "${members[@]}")
        printf 'inventory %s\n' "$found"
        """;

    /// <summary>On the destination: fetches what <see cref="Pack"/> sends; prints progress. Parameters: the directory of <see cref="Prepare"/>, command
    /// there, address of the source, options of ssh.</summary>
    public const string Fetch = ScriptParts.Strict + """
        target=$1 command=$2 address=$3
        shift 3
        # 255 would say that this host cannot be reached, when it is the other one.
        failed() { if [ "$1" = 255 ]; then exit 74; else exit "$1"; fi; }
        exec 3>&1
        cd -- "$target"
        ssh "$@" -- "$address" "$command" |
          dd bs=1M iflag=fullblock status=progress 2> >(stdbuf -oL tr '\r' '\n' | sed -un 's/^\([0-9][0-9]*\) bytes.*/bytes \1/p' >&3) |
          tar -x -S -f - || failed $?
        """;

    /// <summary>On the source, behind the second connection: packs. Parameters: directory, name, <c>1</c> with snapshots, <c>1</c> with holes.</summary>
    public const string Pack = ScriptParts.Strict + """
        directory=$1 name=$2 snapshots=$3 sparse=$4
        if [ ! -e "$directory/$name" ]; then echo "There is no $directory/$name." >&2; exit 66; fi
        members=("./$name")
        if [ "$snapshots" = 1 ] && [ -d "$directory/$name.snap" ]; then members+=("./$name.snap"); fi
        options=()
        if [ "$sparse" = 1 ]; then options=(-S); fi
        cd -- "$directory"
        exec tar -c "${options[@]}" --no-unquote -f - -- "${members[@]}"
        """;

    /// <summary>On the source, after <see cref="Pack"/>: prints an inventory. Parameters: directory, name, <c>1</c> with snapshots.</summary>
    public const string List = ScriptParts.Strict + ScriptParts.Inventory + """
        members=("./$2")
        if [ "$3" = 1 ] && [ -d "$1/$2.snap" ]; then members+=("./$2.snap"); fi
        found=$(inventory "$1" "${members[@]}")
        printf 'inventory %s\n' "$found"
        """;

    /// <summary>On the source, which is the destination: copies. Parameters: directory, name, <c>1</c> with snapshots, <c>1</c> with holes, the directory
    /// of <see cref="Prepare"/>.</summary>
    public const string Copy = ScriptParts.Strict + ScriptParts.Inventory + """
        directory=$1 name=$2 snapshots=$3 sparse=$4 target=$5
        if [ ! -e "$directory/$name" ]; then echo "There is no $directory/$name." >&2; exit 66; fi
        members=("./$name")
        if [ "$snapshots" = 1 ] && [ -d "$directory/$name.snap" ]; then members+=("./$name.snap"); fi
        holes=always
        if [ "$sparse" != 1 ]; then holes=never; fi
        cd -- "$directory"
        cp -a --sparse="$holes" -- "${members[@]}" "$target/"
        found=$(inventory "$directory" "${members[@]}")
        printf 'inventory %s\n' "$found"
        """;

    /// <summary>
    /// On the destination: a complete disk gets its name. Parameters: the directory of <see cref="Prepare"/>, name in it, place, inventory, digest or
    /// nothing, <c>1</c> when snapshots go with it, <c>1</c> when it is a link to an overlay.
    /// </summary>
    public const string PublishDisk = ScriptParts.Strict + ScriptParts.Digests + ScriptParts.Inventory + """
        from=$1 name=$2 disk=$3 expected=$4 digest=$5 snapshots=$6 chain=$7
        if [ ! -e "$from/$name" ] && [ ! -L "$from/$name" ]; then exit 77; fi
        members=("./$name")
        if [ -d "$from/$name.snap" ]; then members+=("./$name.snap"); fi
        found=$(inventory "$from" "${members[@]}")
        if [ "$found" != "$expected" ]; then exit 77; fi
        if [ -n "$digest" ]; then
          found=$(content_digest "$from/$name")
          if [ "$found" != "$digest" ]; then exit 77; fi
        fi
        if [ "$chain" = 1 ]; then
          if [ ! -f "$from/$name.snap/base" ] || [ ! -f "$from/$name.snap/base.1" ]; then exit 77; fi
        fi
        find "$from" -type f -exec sync {} +
        if [ "$snapshots" = 1 ]; then
          # Without the disk its snapshots mean nothing: a crash in between leaves no disk that looks complete.
          if [ -e "$disk.snap" ]; then rm -f -- "$disk"; rm -rf -- "$disk.snap"; fi
          if [ -d "$from/$name.snap" ]; then
            mv -T -- "$from/$name.snap" "$disk.snap"
            # By this link to itself the images in it find each other from outside of it.
            ln -sfn -- . "$disk.snap/${disk##*/}.snap"
          fi
        fi
        # What is known of the snapshots of the disk that had this name before.
        rm -f -- "${disk%/*}/.recovery.${disk##*/}.json" "${disk%/*}/.recovery.${disk##*/}.new"
        mv -fT -- "$from/$name" "$disk"
        sync "${disk%/*}"
        rm -rf -- "$from"
        """;

    /// <summary>On the destination: a complete directory gets its name. Parameters: the directory of <see cref="Prepare"/>, name in it, place,
    /// inventory.</summary>
    public const string PublishTree = ScriptParts.Strict + ScriptParts.Inventory + """
        from=$1 name=$2 place=$3 expected=$4
        if [ ! -d "$from/$name" ]; then exit 77; fi
        found=$(inventory "$from" "./$name")
        if [ "$found" != "$expected" ]; then exit 77; fi
        find "$from" -type f -exec sync {} +
        if [ -e "$place" ] || [ -L "$place" ]; then mv -T -- "$place" "$from/.former"; fi
        mv -T -- "$from/$name" "$place"
        sync "${place%/*}"
        rm -rf -- "$from"
        """;
}
