using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OneEdge.OpenNebula.Sqlite;

/// <summary>One connection to the file, used by one at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TimeSpan _timeout;
    private bool _isClosed;

    private SqliteSession(string path, SqliteConnection connection, TimeSpan timeout) => (_path, _connection, _timeout) = (path, connection, timeout);

    /// <summary>Opens a connection, and makes the file when there is none.</summary>
    public static SqliteSession Open(string path, SqliteDocumentStoreOptions options)
    {
        // A pool would keep the file open behind our back.
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = Seconds(options) };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            CreateFile(path);
            connection.Open();
            long wait = (long)options.BusyTimeout.TotalMilliseconds;
            SqliteSchema.Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {wait}"));
            SqliteSchema.Ensure(connection, path);
            SqliteSchema.Run(connection, options.SurvivesPowerLoss ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            return new SqliteSession(path, connection, options.BusyTimeout);
        }
        catch (Exception e)
        {
            connection.Dispose();
            throw e switch
            {
                SqliteException error => SqliteFailure.Of(error, path),
                IOException or UnauthorizedAccessException => SqliteFailure.Unusable(
                    path, "it cannot be created; does its folder exist, and may you write there?", e),
                _ => e,
            };
        }
    }

    /// <summary>Does something with the connection, on another thread: SQLite waits for disks and for other processes.</summary>
    public async Task<T> UseAsync<T>(Func<SqliteConnection, T> use, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(_timeout + TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(false))
            throw new OpenNebulaException(OpenNebulaErrorCodes.DocumentBusy, $"{_path} is in use for longer than BusyTimeout; nothing was changed.");
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            return await Task.Run(() => use(_connection), cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.Of(e, _path);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Does something in a transaction that keeps every other writer out from its beginning.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> use, CancellationToken cancellationToken) => UseAsync(
        connection =>
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            T result = use(connection);
            transaction.Commit();
            return result;
        },
        cancellationToken);

    /// <summary>Closes the file when nobody uses the connection any more.</summary>
    public void Dispose()
    {
        _turn.Wait();
        _isClosed = true;
        _connection.Dispose();
        _turn.Release();
    }

    // SQLite itself waits for other processes; what asks again afterwards is to stop soon. 0 would be for ever.
    private static int Seconds(SqliteDocumentStoreOptions options) => Math.Max(1, (int)options.BusyTimeout.TotalSeconds);

    // SQLite gives the mode of the file to those that it keeps beside it.
    private static void CreateFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var created = new FileStream(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            // It is there already.
        }
    }
}
