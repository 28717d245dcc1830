using System.Globalization;

namespace OneEdge.Storage.Recovery;

/// <summary>What the replica has of a disk before a copy.</summary>
/// <param name="Generation">The newest generation; 0 without one.</param>
/// <param name="Incoming">The directory for what arrives.</param>
/// <param name="Basis">A directory with an older copy, of which equal parts are taken.</param>
/// <param name="BaseSha256">The digest of its base.</param>
/// <param name="Free">How many bytes are free on its file system.</param>
internal sealed record ReplicaStatus(long Generation, string Incoming, string? Basis, string? BaseSha256, long Free)
{
    public static ReplicaStatus Parse(string output)
    {
        string[] lines = output.Split('\n');
        string? Value(string name) => lines.FirstOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal))?[(name.Length + 1)..];
        if (!long.TryParse(Value("generation"), NumberStyles.None, CultureInfo.InvariantCulture, out long generation) || Value("incoming") is not { } incoming)
            throw new StorageException(StorageErrorCodes.HostCommand, "The replica did not tell its newest generation.");
        if (!long.TryParse(Value("free"), NumberStyles.None, CultureInfo.InvariantCulture, out long free))
            throw new StorageException(StorageErrorCodes.HostCommand, "The replica did not tell how much is free.");
        return new ReplicaStatus(generation, incoming, Value("basis"), Value("base"), free);
    }

    /// <summary>The generations that a publication removed.</summary>
    public static IEnumerable<long> Removed(string output) =>
        output.Split('\n').Where(line => line.StartsWith("removed ", StringComparison.Ordinal))
            .Select(line => long.TryParse(line["removed ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0)
            .Where(number => number > 0);
}
