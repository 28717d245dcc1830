using System.Runtime.Versioning;

namespace OneEdge.Storage.Tests.Recovery;

/// <summary>
/// A virsh that keeps one domain in files: what each disk writes to, made and committed by qemu-img. What it is called with is recorded, a word a line and an
/// empty line behind a call.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class FakeVirsh
{
    private const string Text = """
        #!/bin/bash
        dir=$(dirname "$0")
        printf '%s\n' "$@" '' >> "$dir/calls"
        [ "$1" = --connect ] && shift 2
        case $1 in
        domstate) cat "$dir/state"; echo ;;
        domblklist)
          echo ' Target   Source'
          echo '------------------------------'
          n=0; while read -r file; do printf ' vd%s      %s\n' "$n" "$file"; n=$((n + 1)); done < "$dir/disks"
          echo ;;
        snapshot-create-as)
          [ -e "$dir/no-agent" ] && [ "${@: -1}" = --quiesce ] && { echo 'error: argument unsupported: QEMU guest agent is not configured' >&2; exit 1; }
          spec=$5; file=${spec%,file=*}; file=${file//,,/,}; new=${spec##*,file=}; new=${new//,,/,}
          real=$(dirname "$file")/$(readlink "$file" || basename "$file")
          qemu-img create -q -f qcow2 -u -F qcow2 -b "$real" "$new" 8M || exit 1
          while read -r one; do [ "$one" = "$file" ] && one=$new; echo "$one"; done < "$dir/disks" > "$dir/disks.new"
          mv "$dir/disks.new" "$dir/disks" ;;
        blockcommit)
          if [ -e "$dir/job" ]; then echo 'error: block copy still active: disk already in active block job' >&2; exit 1; fi
          if [ -e "$dir/commit-fails" ]; then echo 'error: internal error' >&2; exit 1; fi
          qemu-img commit -q -d "$3" || exit 1
          while read -r one; do [ "$one" = "$3" ] && one=$5; echo "$one"; done < "$dir/disks" > "$dir/disks.new"
          mv "$dir/disks.new" "$dir/disks" ;;
        blockjob)
          case $4 in
          --pivot)
            [ "$(cat "$dir/job")" = ready ] || { echo 'error: block job not ready' >&2; exit 1; }
            base=$(dirname "$3")/base.1; qemu-img commit -q -d "$3"; rm "$dir/job"
            while read -r one; do [ "$one" = "$3" ] && one=$base; echo "$one"; done < "$dir/disks" > "$dir/disks.new"
            mv "$dir/disks.new" "$dir/disks" ;;
          --abort) rm -f "$dir/job" ;;
          esac ;;
        *) echo "error: unknown command: '$1'" >&2; exit 1 ;;
        esac
        """;

    /// <summary>Writes the program into a directory of its own.</summary>
    /// <returns>Its path.</returns>
    public static string Write(string directory, params string[] disks)
    {
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, "virsh");
        File.WriteAllText(path, Text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(directory, "state"), "running\n");
        File.WriteAllText(Path.Combine(directory, "disks"), string.Join('\n', disks) + "\n");
        return path;
    }

    /// <summary>The calls so far, each with its words.</summary>
    public static string[][] Calls(string directory) =>
        [.. File.ReadAllText(Path.Combine(directory, "calls")).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(call => call.Split('\n')[2..])];
}
