using System.Globalization;
using System.Text;

namespace OneEdge.Storage.Recovery;

/// <summary>The lines that the monitoring agent of a host reports: those of the original.</summary>
public static class RecoveryMonitor
{
    private const int MaxMessage = 1024;

    /// <summary>One line for each virtual machine: <c>VM = [ ID="5", MONITOR="…"]</c>.</summary>
    /// <param name="outcomes">What came of the disks.</param>
    public static string Format(IEnumerable<RecoveryOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var text = new StringBuilder();
        foreach (IGrouping<int, RecoveryOutcome> vm in outcomes.GroupBy(outcome => outcome.Disk.VmId).OrderBy(group => group.Key))
        {
            string lines = string.Join('\n', vm.OrderBy(outcome => outcome.Disk.DiskId).Select(FormatDisk));
            text.Append(CultureInfo.InvariantCulture, $"VM = [ ID=\"{vm.Key}\", MONITOR=\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(lines))}\"]\n");
        }

        return text.ToString();
    }

    /// <summary>What is reported of one disk, not yet encoded: the time of its last snapshot in seconds since 1970, or an error.</summary>
    /// <param name="outcome">What came of the disk.</param>
    public static string FormatDisk(RecoveryOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        string? message = outcome.Error?.Message ?? (outcome.State.LastSuccess is null ? outcome.State.LastError ?? "There is no snapshot yet." : null);
        // A failure that waits for its next attempt is still one.
        if (message is null && outcome.State.Failures > 0) message = outcome.State.LastError;
        return message is null
            ? string.Create(CultureInfo.InvariantCulture,
                $"DISK_RECOVERY_SNAPSHOT = [ ID={outcome.Disk.DiskId}, TIMESTAMP=\"{outcome.State.LastSuccess!.Value.ToUnixTimeSeconds()}\" ]")
            : string.Create(CultureInfo.InvariantCulture, $"DISK_RECOVERY_SNAPSHOT = [ ID={outcome.Disk.DiskId}, MSG=\"ERROR {Value(message)}\" ]");
    }

    // In a value of a template, a quote and a backslash stand behind a backslash.
    private static string Value(string text)
    {
        var value = new StringBuilder();
        foreach (char c in text.Length > MaxMessage ? text.AsSpan(0, MaxMessage) : text)
        {
            if (c is '"' or '\\') value.Append('\\');
            value.Append(char.IsControl(c) ? ' ' : c);
        }

        return value.ToString();
    }
}
