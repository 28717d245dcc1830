namespace OneEdge.Storage.Replicas;

/// <summary>
/// The scripts of the cache. All state of it lies in the directory <c>.oneedge</c> of the datastore on the replica: what is cached (<c>index</c>), who
/// copies (<c>locks</c>), who reads (<c>leases</c>), and copies that are not finished (<c>partial</c>). Each change of it happens under one file lock,
/// which is never held for longer than renaming takes. Times are those of the replica since it was started, so that no clock has to agree with another or
/// may jump; after a new start nothing holds.
/// </summary>
internal static class CacheScripts
{
    /// <summary>What every script of the cache begins with. Parameter: image.</summary>
    public const string Home = ScriptParts.Strict + ScriptParts.Digests + """
        image=$1
        shift
        dir=${image%/*} name=${image##*/}
        home=$dir/.oneedge
        boot=$(< /proc/sys/kernel/random/boot_id)
        uptime_ms() { local up rest; read -r up rest < /proc/uptime; printf '%s' "$((10#${up/./} * 10))"; }
        enter() { exec 9>> "$home/mutex"; flock 9; }
        leave() { exec 9>&-; }
        record() { local file=$1; shift; printf '%s\n' "$*" > "$home/new"; mv -fT -- "$home/new" "$file"; }
        alive() { local b e r; [ -f "$1" ] && read -r b e r < "$1" && [ "$b" = "$boot" ] && [ "$e" -gt "$(uptime_ms)" ]; }
        leased() { local f; for f in "$home/leases/$1"/*; do if alive "$f"; then return 0; fi; rm -f -- "$f"; done; return 1; }
        next() {
          local n=0
          if [ -f "$home/counter" ]; then read -r n < "$home/counter"; fi
          # Only digits may reach arithmetic, which would evaluate anything else.
          [[ $n =~ ^[0-9]+$ ]]
          n=$((n + 1))
          record "$home/counter" "$n"
          printf '%s' "$n"
        }
        lease() {
          local id
          id=$(next)
          mkdir -p -- "$home/leases/$name"
          record "$home/leases/$name/$id" "$boot" "$(($(uptime_ms) + $1))"
          printf 'lease %s\n' "$id"
        }
        holds() { local b e t; [ -f "$home/locks/$name" ] && read -r b e t < "$home/locks/$name" && [ "$b" = "$boot" ] && [ "$t" = "$1" ]; }

        """;

    /// <summary>What takes room, since when, and what disks lie on.</summary>
    public const string Room = """
        # Only digits may reach arithmetic, which would evaluate anything else.
        used_by() {
          local total=0 line
          while IFS= read -r -d '' line; do
            line=${line%%[!0-9]*}
            total=$((total + 10#${line:-0}))
          done < <(du -s -0 -B1 -- "$@" 2> /dev/null)
          printf '%s' "$total"
        }
        # What disks lie on: the backing names in their headers, and the targets of links.
        number() { od -An -j"$2" -N"$3" -t "u$3" --endian=big -- "$1" | tr -d ' \n'; }
        chains() {
          local file offset length
          while IFS= read -r -d '' file; do
            if [ "$(od -An -N4 -tx1 -- "$file" | tr -d ' \n')" != 514649fb ]; then continue; fi
            offset=$(number "$file" 8 8) length=$(number "$file" 16 4)
            if [ "${offset:-0}" = 0 ] || [ "${length:-0}" -gt 1023 ]; then continue; fi
            dd if="$file" bs=1 skip="$offset" count="$length" status=none | tr '\0' '\n'
            printf '\n'
          done < <(find "${dir%/*}" -xdev -maxdepth 5 -type f -path '*/disk.*' -size +0 -print0)
          find "${dir%/*}" -xdev -maxdepth 5 -type l -path '*/disk.*' -printf '%l\n'
        }
        last_use() {
          local s d u a m
          if [ -f "$home/index/$1" ] && read -r s d u < "$home/index/$1" && [[ $u =~ ^[0-9]+$ ]]; then printf '%s' "$u"; return; fi
          read -r a m < <(stat -c '%X %Y' -- "$dir/$1")
          printf '%s' "$((a > m ? a : m))"
        }

        """;

    /// <summary>On the host of an image: its digest, which is kept beside the datastore's images for as long as nobody writes to the image. Parameters:
    /// image.</summary>
    public const string Digest = ScriptParts.Strict + ScriptParts.Digests + """
        image=$1
        home=${image%/*}/.oneedge/digests
        file=$home/${image##*/}
        if [ ! -f "$image" ]; then echo "There is no image $image." >&2; exit 66; fi
        files() { find "$image" -maxdepth 0 -printf "$1\n"; if [ -d "$image.snap" ]; then find "$image.snap" -mindepth 1 -printf "$1\n"; fi; }
        sum() { local total=0 n; while read -r n; do total=$((total + n)); done; printf '%s' "$total"; }
        # Of several that want the same digest, one reads the image.
        if mkdir -p -m 700 -- "$home" 2> /dev/null && { exec 8>> "$file.lock"; } 2> /dev/null; then flock 8 || true; fi
        before=$(state "$image")
        digest= known=
        if [ -f "$file" ]; then read -r known digest < "$file" || true; fi
        if [ "$known" != "$before" ] || [ -z "$digest" ]; then
          digest=$(content_digest "$image")
          after=$(state "$image")
          if [ "$after" != "$before" ]; then echo "Somebody writes to image $image." >&2; exit 65; fi
          newest=$(files '%C@' | sort -n | tail -n 1)
          # A write in the same moment could leave all times as they are.
          if [ $(($(date +%s) - ${newest%%.*})) -gt 2 ]; then
            { printf '%s %s\n' "$before" "$digest" > "$file.new" && mv -fT -- "$file.new" "$file"; } 2> /dev/null || true
          fi
        fi
        blocks=$(files '%b' | sum)
        printf 'digest %s\nbytes %s\nallocated %s\n' "$digest" "$(files '%s' | sum)" "$((blocks * 512))"
        """;

    /// <summary>
    /// A lease when the image is cached with the wanted content; else the lock to copy it, with the unfinished copy of a holder that is gone, which
    /// <c>expired</c> tells of; else, after waiting, <c>busy</c>. Parameters: image, digest, life of a lock, life of a lease, longest wait, each in
    /// milliseconds.
    /// </summary>
    public const string Acquire = Home + """
        digest=$1 lock_ms=$2 lease_ms=$3 wait_ms=$4
        mkdir -p -- "$dir"
        mkdir -p -m 700 -- "$home"
        mkdir -p -- "$home/index" "$home/locks" "$home/leases" "$home/partial/$name"
        word=
        if [ -f "$dir/.monitor" ]; then read -r word < "$dir/.monitor" || true; fi
        if [ "$word" != replica ]; then printf 'replica\n' > "$dir/.monitor"; fi
        current() {
          local s d u
          [ -f "$home/index/$name" ] && [ -f "$image" ] && read -r s d u < "$home/index/$name" && [ "$d" = "$digest" ] && [ "$s" = "$(state "$image")" ]
        }
        take_over() {
          local old mine=$home/partial/$name/$1
          for old in "$home/partial/$name"/*; do
            if [ ! -d "$old" ] || [ "$old" = "$mine" ]; then continue; fi
            # A writer that lost its lock but still lives holds this one.
            if ! flock -n "$old/lock" true 2> /dev/null; then continue; fi
            if [ -e "$mine" ]; then rm -rf -- "$old"; else mv -T -- "$old" "$mine"; fi
          done
          mkdir -p -- "$mine"
          rm -f -- "$mine/md5sum"
          : >> "$mine/lock"
        }
        end=$(($(uptime_ms) + wait_ms))
        while :; do
          enter
          if current; then
            record "$home/index/$name" "$(state "$image")" "$digest" "$(date +%s)"
            lease "$lease_ms"
            exit 0
          fi
          if ! alive "$home/locks/$name"; then
            # Whoever ends, well or not, removes it.
            if [ -f "$home/locks/$name" ]; then echo 'expired lock'; fi
            token=$(next)
            record "$home/locks/$name" "$boot" "$(($(uptime_ms) + lock_ms))" "$token"
            take_over "$token"
            printf 'lock %s\n' "$token"
            exit 0
          fi
          leave
          if [ "$(uptime_ms)" -ge "$end" ]; then echo busy; exit 0; fi
          sleep 0.1
        done
        """;

    /// <summary>A holder lives on. Parameters: image, <c>lock</c> or <c>lease</c>, its number, milliseconds.</summary>
    public const string Renew = Home + """
        kind=$1 id=$2 ms=$3
        enter
        if [ "$kind" = lock ]; then
          if ! holds "$id"; then exit 76; fi
          record "$home/locks/$name" "$boot" "$(($(uptime_ms) + ms))" "$id"
        else
          if [ ! -f "$home/leases/$name/$id" ]; then exit 76; fi
          record "$home/leases/$name/$id" "$boot" "$(($(uptime_ms) + ms))"
        fi
        """;

    /// <summary>A reader has finished. Parameters: image, number of the lease.</summary>
    public const string Release = Home + """
        enter
        rm -f -- "$home/leases/$name/$1"
        rmdir -- "$home/leases/$name" 2> /dev/null || true
        """;

    /// <summary>A holder gives up. Parameters: image, number of the lock, <c>drop</c> for its unfinished copy too.</summary>
    public const string Abandon = Home + """
        enter
        if holds "$1"; then rm -f -- "$home/locks/$name"; fi
        leave
        if [ "$2" = drop ]; then rm -rf -- "$home/partial/$name/$1"; fi
        """;

    /// <summary>
    /// A finished copy gets its name, if it has the content that was asked for, its holder still has the lock and nobody reads what it replaces; the holder
    /// gets a lease. Parameters: image, number of the lock, digest, life of a lease, longest wait for readers, in milliseconds.
    /// </summary>
    public const string Publish = Home + """
        token=$1 digest=$2 lease_ms=$3 wait_ms=$4
        part=$home/partial/$name/$token
        if [ ! -f "$part/image" ]; then exit 76; fi
        find "$part" -type f -exec sync {} +
        found=$(content_digest "$part/image")
        if [ "$found" != "$digest" ]; then exit 77; fi
        end=$(($(uptime_ms) + wait_ms))
        while :; do
          enter
          if ! holds "$token" || [ ! -f "$part/image" ]; then
            leave
            rm -rf -- "$part"
            exit 76
          fi
          if ! leased "$name"; then break; fi
          leave
          if [ "$(uptime_ms)" -ge "$end" ]; then exit 75; fi
          sleep 0.1
        done
        # From here to the new entry nothing is cached: a crash in between costs a copy, no more.
        rm -f -- "$home/index/$name" "$image.md5sum"
        rm -rf -- "$image.snap"
        if [ -d "$part/image.snap" ]; then mv -T -- "$part/image.snap" "$image.snap"; fi
        mv -fT -- "$part/image" "$image"
        # For front-ends that run the original; never read here.
        if [ -f "$part/md5sum" ]; then mv -fT -- "$part/md5sum" "$image.md5sum"; fi
        sync "$dir"
        record "$home/index/$name" "$(state "$image")" "$digest" "$(date +%s)"
        rm -rf -- "$part"
        rm -f -- "$home/locks/$name"
        lease "$lease_ms"
        """;

    /// <summary>A cached image that turned out to be damaged is no longer cached. Parameters: image, digest that it should have.</summary>
    public const string Invalidate = Home + """
        enter
        if [ -f "$home/index/$name" ]; then
          read -r s d u < "$home/index/$name"
          if [ "$d" = "$1" ]; then rm -f -- "$home/index/$name"; fi
        fi
        """;

    /// <summary>
    /// Makes room for an image by removing those used longest ago, as many as needed, but none that is read, copied, or used by a chain of disks. Prints
    /// what is removed, and <c>short</c> with the bytes that are still missing. Parameters: image, number of the lock, greatest size of the directory in
    /// MiB or nothing, greatest use of the file system in percent, bytes needed.
    /// </summary>
    public const string MakeRoom = Home + Room + """
        token=$1 max_mb=$2 percent=$3 need=$4
        own=$(used_by "$home/partial/$name/$token")
        need=$((need > own ? need - own : 0))
        current=$(used_by "$dir")
        read -r size used available < <(df -B1 --output=size,used,avail -- "$dir" | tail -n 1)
        if [ -n "$max_mb" ]; then limit=$((max_mb * 1048576)); else limit=$((size / 100 * percent - used + current)); fi
        # What the image replaces no longer counts when it is there, but takes its room until then.
        excess=$((current - $(used_by "$image" "$image.snap") + need - limit))
        if [ $((need - available)) -gt "$excess" ]; then excess=$((need - available)); fi
        if [ "$excess" -le 0 ]; then exit 0; fi
        in_use=$(chains)
        enter
        candidates() {
          local file base
          for file in "$dir"/*; do
            base=${file##*/}
            if [ ! -f "$file" ] || [ -L "$file" ] || [[ ! $base =~ ^[-a-f0-9]+$ ]] || [ "$base" = "$name" ]; then continue; fi
            printf '%s %s\n' "$(last_use "$base")" "$base"
          done | sort -n
        }
        for old in "$home/partial"/*/*; do
          base=${old%/*} base=${base##*/}
          if [ "$base" = "$name" ] || [ ! -d "$old" ] || alive "$home/locks/$base" || ! flock -n "$old/lock" true 2> /dev/null; then continue; fi
          freed=$(used_by "$old")
          rm -rf -- "$old"
          excess=$((excess - freed))
        done
        while read -r time base; do
          if [ "$excess" -le 0 ]; then break; fi
          if leased "$base" || alive "$home/locks/$base" || [ "$(stat -c %h -- "$dir/$base")" -gt 1 ] || [[ $in_use == *"$base"* ]]; then continue; fi
          victim=("$dir/$base" "$dir/$base.md5sum" "$dir/$base.snap")
          freed=$(used_by "${victim[@]}")
          rm -f -- "$home/index/$base"
          rm -rf -- "${victim[@]}"
          excess=$((excess - freed))
          printf 'evicted %s\n' "$base"
        done < <(candidates)
        if [ "$excess" -gt 0 ]; then printf 'short %s\n' "$excess"; fi
        """;

    /// <summary>After a copy that failed: <c>full</c> when what is missing of it has no room. Parameters: image, number of the lock, bytes needed.</summary>
    public const string LookAtRoom = Home + """
        own=0
        if [ -d "$home/partial/$name/$1" ]; then own=$(du -s -0 -B1 -- "$home/partial/$name/$1" | cut -z -f1 | tr -d '\0'); fi
        available=$(df -B1 --output=avail -- "$dir" | tail -n 1 | tr -d ' ')
        if [ "$((own + available))" -lt "$2" ]; then echo 'room full'; else echo 'room enough'; fi
        """;

    /// <summary>
    /// On the host of an image: it goes to the unfinished copy on the replica, beginning with what is there already. Parameters: image, directory of the
    /// unfinished copy, address of the replica or nothing when that is this host, words by which rsync is called there, options of ssh.
    /// </summary>
    public const string Send = ScriptParts.Strict + """
        image=$1 part=$2 address=$3 there=$4
        shift 4
        # 255 would say that this host cannot be reached, when it is the other one.
        failed() { if [ "$1" = 255 ]; then exit 74; else exit "$1"; fi; }
        rsh=ssh
        for word in "$@"; do rsh+=" '${word//\'/\'\'}'"; done
        common=(--times --perms --sparse --inplace --partial --info=progress2 --no-inc-recursive)
        send() {
          if [ -z "$address" ]; then
            # Both ends are here, and with them the lock of the writer.
            flock -n "$part/lock" rsync "${common[@]}" --no-whole-file "$@"
          else
            rsync "${common[@]}" --protect-args --timeout=120 --rsh="$rsh" --rsync-path="$there" "$@"
          fi | stdbuf -oL tr '\r' '\n' || failed $?
        }
        to=$address:$part
        if [ -z "$address" ]; then to=$part; fi
        options=()
        read -r size blocks < <(stat -c '%s %b' -- "$image")
        # rsync sends the zeroes of holes; compressed they cost nothing.
        if [ -n "$address" ] && [ $((blocks * 512)) -lt $((size / 10 * 9)) ]; then options=(--compress); fi
        if [ -d "$image.snap" ]; then send "${options[@]}" --recursive --links --delete -- "$image.snap/" "$to/image.snap/"; fi
        if [ -f "$image.md5sum" ]; then send -- "$image.md5sum" "$to/md5sum"; fi
        send "${options[@]}" -- "$image" "$to/image"
        """;
}
