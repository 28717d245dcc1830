using System.Globalization;

namespace OneEdge.Storage.Replicas;

/// <summary>A journal in a directory, a file a plan.</summary>
/// <remarks>A line that was cut by a crash is no entry: its step is done again.</remarks>
public sealed class FileTransferJournal : ITransferJournal
{
    private readonly string _directory;

    /// <summary>Names a directory; it is made when it is needed, readable by its owner alone.</summary>
    /// <param name="directory">The directory.</param>
    public FileTransferJournal(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        _directory = directory;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TransferJournalEntry>> ReadAsync(string fingerprint, CancellationToken cancellationToken = default)
    {
        string file = PathOf(fingerprint);
        if (!File.Exists(file)) return [];
        string text = await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
        List<TransferJournalEntry> entries = [];
        foreach (string line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split('\t', 2);
            // Only entries without a gap count.
            if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index != entries.Count) break;
            entries.Add(new TransferJournalEntry(index, parts[1]));
        }

        return entries;
    }

    /// <inheritdoc/>
    public async Task AppendAsync(string fingerprint, TransferJournalEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(_directory);
        else Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string line = string.Create(CultureInfo.InvariantCulture, $"{entry.Index}\t{entry.Subject.ReplaceLineEndings(" ")}\n");
        var stream = new FileStream(PathOf(fingerprint), FileMode.Append, FileAccess.Write, FileShare.Read);
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line), cancellationToken).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
        }
    }

    /// <inheritdoc/>
    public Task ForgetAsync(string fingerprint, CancellationToken cancellationToken = default)
    {
        // Before the first entry there is no directory, which deleting takes ill.
        string file = PathOf(fingerprint);
        if (File.Exists(file)) File.Delete(file);
        return Task.CompletedTask;
    }

    private string PathOf(string fingerprint)
    {
        ArgumentException.ThrowIfNullOrEmpty(fingerprint);
        if (!fingerprint.All(char.IsAsciiHexDigit)) throw new ArgumentException($"'{fingerprint}' is no fingerprint.", nameof(fingerprint));
        return Path.Combine(_directory, fingerprint + ".steps");
    }
}
