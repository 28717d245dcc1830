using System.Globalization;

namespace OneEdge.Storage.Replicas;

/// <summary>Options from the assignments of an <c>sshrc</c>; the last assignment of a name counts.</summary>
internal static class SshrcOptions
{
    private static readonly char[] Blanks = [' ', '\t', '\n'];

    public static ReplicaOptions From(IReadOnlyList<SshrcAssignment> assignments)
    {
        var options = new ReplicaOptions();
        foreach (SshrcAssignment assignment in assignments.GroupBy(a => a.Name, StringComparer.Ordinal).Select(group => group.Last())) options = With(
            options, assignment);
        return options;
    }

    private static ReplicaOptions With(ReplicaOptions options, SshrcAssignment assignment) => assignment switch
    {
        // Empty options of ssh are a choice, other empty values are the default.
        { Name: "REPLICA_SSH_OPTS" } => options with { SshArguments = Words(assignment) },
        { Name: "REPLICA_SSH_FE_OPTS" } => options with { FrontEndSshArguments = Words(assignment) },
        { Value: "" } => options,
        { Name: "REPLICA_COPY_LOCK_TIMEOUT" } => options with { CopyLockTimeout = TimeSpan.FromSeconds(Number(assignment, 0, int.MaxValue)) },
        { Name: "REPLICA_RECOVERY_SNAPS_DIR" } => options with { RecoverySnapshotsDirectory = Directory(assignment) },
        { Name: "REPLICA_MAX_SIZE_MB" } => options with { MaxSizeMb = Number(assignment, 0, long.MaxValue >> 20) },
        { Name: "REPLICA_MAX_USED_PERC" } => options with { MaxUsedPercent = (int)Number(assignment, 0, 100) },
        _ => options,
    };

    private static string[] Words(SshrcAssignment assignment) => assignment.Value.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    private static long Number(SshrcAssignment assignment, long least, long greatest)
    {
        bool valid = long.TryParse(assignment.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= least && number <= greatest;
        if (!valid) throw assignment.Error(
            string.Create(CultureInfo.InvariantCulture, $"{assignment.Name} is '{assignment.Value}'; expected a whole number from {least} to {greatest}"));
        return number;
    }

    private static string Directory(SshrcAssignment assignment)
    {
        try
        {
            return new HostPath("replica", assignment.Value).Path;
        }
        catch (StorageException e)
        {
            throw assignment.Error($"{assignment.Name} is '{assignment.Value}'; expected an absolute path without '..' ({e.Message})");
        }
    }
}
