using System.Globalization;

namespace OneEdge.Storage.Replicas;

/// <summary>Reads the lines that scripts of the cache print: a word and a value.</summary>
internal static class CacheReply
{
    public static string? TryGet(string output, string word)
    {
        foreach (string line in output.Split('\n'))
            if (line.StartsWith(word + " ", StringComparison.Ordinal)) return line[(word.Length + 1)..];
        return null;
    }

    /// <summary>The values of all lines that begin with a word.</summary>
    public static IEnumerable<string> All(string output, string word) =>
        output.Split('\n').Where(line => line.StartsWith(word + " ", StringComparison.Ordinal)).Select(line => line[(word.Length + 1)..]);

    public static string Get(string output, string word, string host) =>
        TryGet(output, word) ?? throw new StorageException(StorageErrorCodes.HostCommand, $"Host '{host}' did not answer with '{word}': {output.Trim()}");

    public static long Number(string output, string word, string host) => long.Parse(Get(output, word, host), NumberStyles.None, CultureInfo.InvariantCulture);
}
