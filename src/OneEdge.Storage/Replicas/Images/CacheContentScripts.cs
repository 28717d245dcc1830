namespace OneEdge.Storage.Replicas;

/// <summary>The scripts that tell what a cache holds and make room in it on demand.</summary>
internal static class CacheContentScripts
{
    /// <summary>
    /// What the cache holds, in records that end with NUL; nothing is changed. A datastore comes before its images. Parameters: directory of all datastores
    /// and <c>/-</c>.
    /// </summary>
    public const string List = CacheScripts.Home + CacheScripts.Room + """
        root=$dir
        if [ ! -d "$root" ]; then echo "There is no directory $root." >&2; exit 66; fi
        dir=$root/-
        in_use=$(chains)
        leases_of() { local n=0 f; for f in "$home/leases/$1"/*; do if alive "$f"; then n=$((n + 1)); fi; done; printf '%s' "$n"; }
        flag() { if "$@"; then printf 1; else printf 0; fi; }
        in_chain() { [[ $in_use == *"$1"* ]]; }
        validity() {
          local s d u
          if [ ! -f "$home/index/$1" ] || ! read -r s d u < "$home/index/$1"; then printf 'unknown -'
          elif [ "$s" = "$(state "$dir/$1")" ]; then printf 'valid %s' "${d:--}"
          else printf 'changed %s' "${d:--}"; fi
        }
        is_cache() {
          local word=
          if [ -d "$home/index" ]; then return 0; fi
          if [ -f "$dir/.monitor" ]; then read -r word < "$dir/.monitor" || true; fi
          [ "$word" = replica ]
        }
        for dir in "$root"/*; do
          id=${dir##*/} home=$dir/.oneedge
          if [[ ! $id =~ ^(0|[1-9][0-9]{0,8})$ ]] || [ ! -d "$dir" ] || ! is_cache; then continue; fi
          read -r size used available < <(df -B1 --output=size,used,avail -- "$dir" | tail -n 1)
          printf 'datastore %s %s %s %s %s\0' "$id" "$(used_by "$dir")" "$size" "$used" "$available"
          for image in "$dir"/*; do
            base=${image##*/}
            if [ ! -f "$image" ] || [ -L "$image" ] || [[ $base == *.md5sum ]]; then continue; fi
            read -r length links < <(stat -c '%s %h' -- "$image")
            printf 'image %s %s %s %s %s %s %s %s %s\0' "$(used_by "$image" "$image.md5sum" "$image.snap")" "$length" "$(last_use "$base")" \
              "$(validity "$base")" "$(leases_of "$base")" "$(flag alive "$home/locks/$base")" "$links" "$(flag in_chain "$base")" "$base"
          done
          for image in "$home/partial"/*/*; do
            if [ ! -d "$image" ]; then continue; fi
            base=${image%/*} base=${base##*/}
            printf 'unfinished %s %s %s\0' "$(used_by "$image")" "$(flag alive "$home/locks/$base")" "$base"
          done
        done
        """;

    /// <summary>
    /// Removes images of one datastore, but none that is read, copied, linked or used by a chain of disks by now. Prints for each, by its place among the
    /// parameters from 0, <c>evicted</c> and the bytes, or <c>kept</c> and why. Parameters: directory of the datastore and <c>/-</c>, <c>1</c> to remove
    /// unfinished copies of which nobody writes any, images.
    /// </summary>
    public const string Evict = CacheScripts.Home + CacheScripts.Room + """
        unfinished=$1
        shift
        if [ ! -d "$dir" ]; then echo "There is no directory $dir." >&2; exit 66; fi
        in_use=$(chains)
        mkdir -p -m 700 -- "$home"
        enter
        if [ "$unfinished" = 1 ]; then
          for old in "$home/partial"/*/*; do
            base=${old%/*} base=${base##*/}
            if [ ! -d "$old" ] || alive "$home/locks/$base"; then continue; fi
            if [ -e "$old/lock" ] && ! flock -n "$old/lock" true 2> /dev/null; then continue; fi
            freed=$(used_by "$old")
            rm -rf -- "$old"
            printf 'unfinished %s\n' "$freed"
          done
        fi
        place=-1
        for base in "$@"; do
          place=$((place + 1)) why=
          if [[ ! $base =~ ^[-a-f0-9]+$ ]]; then why=name
          elif [ ! -f "$dir/$base" ] || [ -L "$dir/$base" ]; then why=gone
          elif leased "$base"; then why=leased
          elif alive "$home/locks/$base"; then why=copied
          elif [ "$(stat -c %h -- "$dir/$base")" -gt 1 ]; then why=linked
          elif [[ $in_use == *"$base"* ]]; then why=chain; fi
          if [ -n "$why" ]; then printf 'kept %s %s\n' "$place" "$why"; continue; fi
          victim=("$dir/$base" "$dir/$base.md5sum" "$dir/$base.snap")
          freed=$(used_by "${victim[@]}")
          rm -f -- "$home/index/$base"
          rm -rf -- "${victim[@]}"
          printf 'evicted %s %s\n' "$place" "$freed"
        done
        """;
}
