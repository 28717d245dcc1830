using System.Security.Cryptography;
using System.Text;

namespace OneEdge.Host.Tm;

/// <summary>The scripts of a driver folder. Pure.</summary>
internal static class DriverScripts
{
    /// <summary>The action behind a failed live migration, which has nothing to do.</summary>
    public const string FailMigrate = "failmigrate";

    /// <summary>The monitoring of a datastore on the front-end, which has nothing to do: the hosts report their own.</summary>
    public const string Monitor = "monitor";

    /// <summary>Functions that scripts of the original read.</summary>
    public const string Functions = "ssh_utils.sh";

    /// <summary>The probe of recovery snapshots, below the probes of a hypervisor.</summary>
    public const string Probe = "vm/snapshot/recovery.rb";

    // The sizes of disks and snapshots in the directory of a datastore, which monitoring asks of every host each minute.
    private const string MonitorHost = """
        numbers() { ls -- "$1" 2>/dev/null | grep -x '[0-9][0-9]*'; }
        megabytes() { du -mL -- "$1" 2>/dev/null | cut -f1; }
        cd -- "$1" || exit 1
        for vm in $(numbers .); do
          text=
          for disk in $(ls -- "$vm" 2>/dev/null | grep -x 'disk\.[0-9][0-9]*'); do
            size=$(megabytes "$vm/$disk")
            [ -n "$size" ] || continue
            text="$text
        DISK_SIZE = [ ID=${disk#disk.}, SIZE=$size]"
            for snapshot in $(numbers "$vm/$disk.snap"); do
              size=$(megabytes "$vm/$disk.snap/$snapshot")
              [ -n "$size" ] || continue
              text="$text
        SNAPSHOT_SIZE = [ ID=$snapshot, DISK_ID=${disk#disk.}, SIZE=$size]"
            done
          done
          [ -n "$text" ] && printf 'VM = [ ID = %s, MONITOR = "%s"]\n' "$vm" "$(printf '%s\n' "$text" | base64 -w 0)"
        done
        exit 0

        """;

    private const string Shebang = "#!/bin/sh\n";
    private const string Mark = "# Written by oneedge tm install. Changed by hand it is no longer replaced. sha256: ";
    private const string System = ".ssh";

    /// <summary>The actions of the original's driver that OneEdge leaves to it.</summary>
    public static IReadOnlyList<string> Left { get; } =
    [
        "prebackup", "prebackup_live", "postbackup", "postbackup_live", "restore", "recovery_snap_create_live",
    ];

    /// <summary>The scripts of the folder by their names; with the driver of the system datastore behind a point too, for images of other drivers.</summary>
    /// <param name="command">The program and its options, word by word, up to the action.</param>
    /// <param name="fallback">The folder of the original's scripts as an expression of the shell, and the names of what it has; <see langword="null"/>
    /// without one.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Driver(IReadOnlyList<string> command, (string Folder, IReadOnlySet<string> Names)? fallback)
    {
        List<KeyValuePair<string, string>> scripts = [];
        foreach (string action in TmAction.Planned.Select(action => action.Name).Append(ContextDisk.Action))
        {
            Add(action, Call(command, action));
            Add(action + System, Call(command, action + System));
        }

        foreach (string action in new[] { "clone.replica", "ln.replica" }) Add(action, Call(command, action));
        foreach (string action in new[] { FailMigrate, FailMigrate + System, Monitor }) Add(action, "exit 0\n");
        Add("monitor_ds", MonitorHost);
        foreach (string action in Left)
            Add(action, fallback is { } has && has.Names.Contains(action) ? $"exec {has.Folder}{Quote(action)} \"$@\"\n" : Call(command, action));
        if (fallback is { } original && original.Names.Contains(Functions)) Add(Functions, $". {original.Folder}{Quote(Functions)}\n");
        return scripts;

        void Add(string name, string body) => scripts.Add(new(name, Script(body)));
    }

    /// <summary>The probe.</summary>
    /// <param name="program">The program, as hypervisors have it.</param>
    public static string ProbeScript(string program) => Script($"exec {Quote(program)} tm probe\n");

    /// <summary>The folder of the original's scripts as an expression of the shell, which ends with a slash.</summary>
    /// <param name="drivers">The directory of all drivers.</param>
    /// <param name="folder">The folder. One below <paramref name="drivers"/> is named from the place of the script, which is another one on hosts.</param>
    public static string FolderExpression(string drivers, string folder)
    {
        string relative = Path.GetRelativePath(drivers, folder);
        return relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? Quote(folder + "/") : "\"$(dirname -- \"${BASH_SOURCE:-$0}\")\"" + Quote($"/../{relative}/");
    }

    /// <summary>Whether a file is as this program wrote it.</summary>
    /// <param name="content">The content.</param>
    public static bool IsOurs(string content)
    {
        if (!content.StartsWith(Shebang + Mark, StringComparison.Ordinal)) return false;
        int end = content.IndexOf('\n', Shebang.Length);
        return end >= 0 && content[(Shebang.Length + Mark.Length)..end] == Digest(content[(end + 1)..]);
    }

    /// <summary>A word of the shell.</summary>
    /// <param name="text">The text.</param>
    public static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    // Behind -- nothing is an option: arguments may begin with a dash.
    private static string Call(IReadOnlyList<string> command, string action) =>
        $"exec {string.Join(' ', command.Select(Quote))} -- {Quote(action)} \"$@\"\n";

    private static string Script(string body) => $"{Shebang}{Mark}{Digest(body)}\n{body}";

    private static string Digest(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
}
