using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneEdge.Files;

/// <summary>One file of a journal. Hashes are <see langword="null"/> where the file is absent.</summary>
internal sealed record JournalEntry(string Path, string Staged, string? OldHash, string? NewHash, string? Backup)
{
    internal bool IsDeletion => NewHash is null;

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("path", Path);
        json.WriteString("staged", Staged);
        json.WriteString("oldHash", OldHash);
        json.WriteString("newHash", NewHash);
        json.WriteString("backup", Backup);
        json.WriteEndObject();
    }
}

/// <summary>What a transaction is about to do; enough to finish or to undo it after a crash.</summary>
internal sealed record TransactionRecord(int Version, string Id, IReadOnlyList<JournalEntry> Entries, IReadOnlyList<string> NewDirectories)
{
    internal IEnumerable<string> TargetDirectories => Entries.Select(entry => FileStoreSteps.DirectoryOf(entry.Path));

    // Every change writes a journal and hardly one reads it, so only reading pays for a serialiser and its start.
    internal byte[] ToBytes()
    {
        var content = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(content))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("id", Id);
            json.WriteStartArray("entries");
            foreach (JournalEntry entry in Entries) entry.WriteTo(json);
            json.WriteEndArray();
            json.WriteStartArray("newDirectories");
            foreach (string directory in NewDirectories) json.WriteStringValue(directory);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        // The line end at the end proves that the journal is complete.
        content.Write("\n"u8);
        return content.WrittenSpan.ToArray();
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TransactionRecord))]
internal sealed partial class JournalJson : JsonSerializerContext;

/// <summary>
/// The journal file of one transaction. Its name tells the state: renaming it from prepared to committed is the moment at which the
/// transaction happens, needs no disk space and is undone by renaming it back.
/// </summary>
internal sealed class TransactionJournal(IFileStore store, string directory, string id)
{
    private const int Version = 1;
    private const string Prefix = "transaction-";
    private const string Prepared = ".prepared";
    private const string Committed = ".committed";
    private const int MaxBytes = 256 << 20;

    private string PreparedPath => Path.Combine(directory, Prefix + id + Prepared);

    private string CommittedPath => Path.Combine(directory, Prefix + id + Committed);

    internal static IEnumerable<(TransactionJournal Journal, bool IsCommitted)> FindAll(IFileStore store, string directory) =>
        from name in store.List(directory).Order(StringComparer.Ordinal)
        where name.StartsWith(Prefix, StringComparison.Ordinal)
        let isCommitted = name.EndsWith(Committed, StringComparison.Ordinal)
        where isCommitted || name.EndsWith(Prepared, StringComparison.Ordinal)
        select (new TransactionJournal(store, directory, name[Prefix.Length..name.LastIndexOf('.')]), isCommitted);

    /// <summary>Writes the journal durably. What it tells may begin only afterwards.</summary>
    internal void Write(IReadOnlyList<JournalEntry> entries, IReadOnlyList<string> newDirectories)
    {
        var record = new TransactionRecord(Version, id, entries, newDirectories);
        using IWritableFile file = store.Create(PreparedPath, FileStoreSteps.OwnerOnly);
        file.Write(record.ToBytes());
        store.FlushAll([file], [directory]);
    }

    /// <summary>Reads the journal; <see langword="null"/> when it was never completely written, so that nothing else was done either.</summary>
    internal TransactionRecord? Read(bool committed)
    {
        string path = committed ? CommittedPath : PreparedPath;
        byte[] content = store.Read(path, MaxBytes);
        if (!committed && (content.Length == 0 || content[^1] != (byte)'\n')) return null;
        try
        {
            TransactionRecord? record = JsonSerializer.Deserialize(content, JournalJson.Default.TransactionRecord);
            if (record is { Version: Version, Entries: not null, NewDirectories: not null } && record.Id == id) return record;
            throw Unreadable(path, "it is of another version", null);
        }
        catch (JsonException e)
        {
            throw Unreadable(path, e.Message, e);
        }
    }

    internal void MarkCommitted()
    {
        store.Rename(PreparedPath, CommittedPath, replace: true);
        store.FlushDirectory(directory);
    }

    /// <summary>Takes a commit back whose durability is unknown; does nothing when it did not happen.</summary>
    internal void MarkPrepared()
    {
        if (store.GetStatus(CommittedPath) is null) return;
        store.Rename(CommittedPath, PreparedPath, replace: true);
        store.FlushDirectory(directory);
    }

    internal void Remove(bool committed, bool durably)
    {
        store.Delete(committed ? CommittedPath : PreparedPath);
        if (durably) store.FlushDirectory(directory);
    }

    private static OneEdgeException Unreadable(string path, string reason, Exception? cause) => new(
        CoreErrorCodes.JournalUnreadable,
        $"The journal '{path}' of an interrupted change cannot be read: {reason}. Compare the files with their backup, then move the journal away.",
        cause);
}
