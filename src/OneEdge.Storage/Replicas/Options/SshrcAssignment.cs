using OneEdge.Text;

namespace OneEdge.Storage.Replicas;

/// <summary>One assignment of an <c>sshrc</c>.</summary>
internal sealed record SshrcAssignment(string Name, string Value, string File, LinePosition Position)
{
    /// <summary>An error at the place of the assignment.</summary>
    public StorageException Error(string problem) => Error(File, Position, problem);

    /// <summary>An error at a place.</summary>
    public static StorageException Error(string file, LinePosition position, string problem) => new(
        StorageErrorCodes.ReplicaConfiguration,
        new Diagnostic(StorageErrorCodes.ReplicaConfiguration, DiagnosticSeverity.Error, problem) { File = file, Position = position }.ToString());
}
