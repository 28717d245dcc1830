using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace OneEdge.OpenNebula.Sqlite;

/// <summary>
/// Keeps documents in a SQLite file that any number of processes of one machine share. A change that was acknowledged is in the file, whole; a lost update
/// is always noticed; leases are taken by one holder at a time. A new file is readable by its owner alone. Safe for concurrent use.
/// </summary>
public sealed class SqliteDocumentStore : IDocumentStore, IDisposable
{
    private readonly SqliteSession _writer;
    private readonly SqliteSession _reader;
    private readonly SqliteDocumentStoreOptions _options;

    private SqliteDocumentStore(SqliteSession writer, SqliteSession reader, SqliteDocumentStoreOptions options) =>
        (_writer, _reader, _options) = (writer, reader, options);

    /// <summary>Opens a file, and makes it when there is none.</summary>
    /// <param name="path">The file; on a local file system, for SQLite relies on its locks.</param>
    /// <param name="options">How documents are kept.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="OpenNebulaException">
    /// <see cref="OpenNebulaErrorCodes.DocumentStoreUnusable"/>: it is damaged, no database, or one of another program.
    /// <see cref="OpenNebulaErrorCodes.DocumentStoreNewer"/>: a newer version made it. In either case it is left as it is.
    /// </exception>
    public static Task<SqliteDocumentStore> OpenAsync(
        string path, SqliteDocumentStoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options = SqliteDocumentStoreOptions.Checked(options);

        // A whole path is a file and nothing else; ":memory:" and "file:..." would mean something to SQLite.
        path = Path.GetFullPath(path);
        return Task.Run(
            () =>
            {
                SqliteSession writer = SqliteSession.Open(path, options);
                try
                {
                    return new SqliteDocumentStore(writer, SqliteSession.Open(path, options), options);
                }
                catch
                {
                    writer.Dispose();
                    throw;
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DocumentRevision> CreateAsync(DocumentType type, string? name, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        DocumentRules.Check(type, name, body.Span, _options.Limits);
        return _writer.WriteAsync(
            connection =>
            {
                using SqliteCommand insert = Command(
                    connection,
                    "INSERT INTO documents (type, name, body, version, created) VALUES ($type, $name, $body, 1, $now)",
                    ("$type", (int)type), ("$name", name ?? ""), ("$body", body.ToArray()), ("$now", Now().ToUnixTimeMilliseconds()));
                insert.ExecuteNonQuery();
                int id = checked((int)SqliteSchema.Number(connection, "SELECT last_insert_rowid()"));
                if (name is null) Execute(connection, "UPDATE documents SET name = 'document-' || id WHERE id = $id", ("$id", id));
                return new DocumentRevision(id, new DocumentVersion(1));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<StoredDocument> ReadAsync(int id, CancellationToken cancellationToken = default)
    {
        List<StoredDocument> found = await _reader.UseAsync(
            connection => DocumentRow.Read(connection, "WHERE id = $id", ("$id", id)), cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0] : throw new DocumentNotFoundException(id);
    }

    /// <inheritdoc/>
    public Task<DocumentRevision> UpdateAsync(
        int id, DocumentVersion expected, ReadOnlyMemory<byte> body, long? fencingToken = null, CancellationToken cancellationToken = default)
    {
        DocumentRules.CheckBody(body.Span, _options.Limits);
        return _writer.WriteAsync(
            connection =>
            {
                var next = new DocumentVersion(Require(connection, id, expected, fencingToken).Version.Number + 1);
                Execute(
                    connection,
                    "UPDATE documents SET body = $body, version = $version WHERE id = $id",
                    ("$id", id), ("$body", body.ToArray()), ("$version", next.Number));
                return new DocumentRevision(id, next);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task DeleteAsync(int id, DocumentVersion? expected = null, long? fencingToken = null, CancellationToken cancellationToken = default) =>
        _writer.WriteAsync(
            connection =>
            {
                Require(connection, id, expected, fencingToken);
                return Execute(connection, "DELETE FROM documents WHERE id = $id", ("$id", id));
            },
            cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredDocument> ListAsync(DocumentType type, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Each part is a reading of its own: nobody's changes wait for a slow consumer.
        for (long below = long.MaxValue; ;)
        {
            List<StoredDocument> page = await _reader.UseAsync(
                connection => DocumentRow.Read(
                    connection,
                    "WHERE type = $type AND id < $below ORDER BY id DESC LIMIT $count",
                    ("$type", (int)type), ("$below", below), ("$count", _options.PageSize)),
                cancellationToken).ConfigureAwait(false);
            foreach (StoredDocument document in page) yield return document;
            if (page.Count < _options.PageSize) yield break;
            below = page[^1].Id;
        }
    }

    /// <inheritdoc/>
    public Task<DocumentLease> AcquireLeaseAsync(int id, string holder, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        DocumentRules.CheckLease(holder, duration);
        return _writer.WriteAsync(
            connection =>
            {
                DocumentState current = Require(connection, id, null, null);
                DateTimeOffset now = Now();
                if (current.Lease is { } held && held.Expires > now) throw DocumentLeaseException.Held(held);
                return SetLease(connection, id, current.Token + 1, holder, now + duration);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DocumentLease> RenewLeaseAsync(DocumentLease lease, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        DocumentRules.CheckDuration(duration);
        return _writer.WriteAsync(
            connection => IsNewest(Require(connection, lease.DocumentId, null, null), lease, out DocumentLease? current)
                ? SetLease(connection, lease.DocumentId, lease.Token, lease.Holder, Now() + duration)
                : throw DocumentLeaseException.Lost(lease.DocumentId, lease.Token, current),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseLeaseAsync(DocumentLease lease, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return _writer.WriteAsync(
            connection => Execute(
                connection,
                "UPDATE documents SET lease_holder = NULL, lease_expires = 0 WHERE id = $id AND lease_token = $token AND lease_holder = $holder",
                ("$id", lease.DocumentId), ("$token", lease.Token), ("$holder", lease.Holder)),
            cancellationToken);
    }

    /// <summary>Closes the file when the calls that run are over.</summary>
    public void Dispose()
    {
        _reader.Dispose();
        _writer.Dispose();
    }

    private static bool IsNewest(DocumentState current, DocumentLease lease, out DocumentLease? newest)
    {
        newest = current.Lease;
        return newest is not null && newest.Token == lease.Token && newest.Holder == lease.Holder;
    }

    private static DocumentState Require(SqliteConnection connection, int id, DocumentVersion? expected, long? fencingToken)
    {
        DocumentState current = DocumentState.Read(connection, id) ?? throw new DocumentNotFoundException(id);
        if (fencingToken is { } token && token != current.Token) throw DocumentLeaseException.Lost(id, token, current.Lease);
        if (expected is { } version && version != current.Version) throw new DocumentConflictException(id, version, current.Version);
        return current;
    }

    private static DocumentLease SetLease(SqliteConnection connection, int id, long token, string holder, DateTimeOffset expires)
    {
        long end = expires.ToUnixTimeMilliseconds();
        Execute(
            connection,
            "UPDATE documents SET lease_token = $token, lease_holder = $holder, lease_expires = $end WHERE id = $id",
            ("$id", id), ("$token", token), ("$holder", holder), ("$end", end));
        return new DocumentLease(id, holder, token, DateTimeOffset.FromUnixTimeMilliseconds(end));
    }

    private static int Execute(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using SqliteCommand command = Command(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values) =>
        DocumentRow.Command(connection, sql, values);

    private DateTimeOffset Now() => _options.TimeProvider.GetUtcNow();
}
