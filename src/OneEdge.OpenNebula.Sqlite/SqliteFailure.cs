using Microsoft.Data.Sqlite;

namespace OneEdge.OpenNebula.Sqlite;

/// <summary>Says what is wrong with a file.</summary>
internal static class SqliteFailure
{
    // https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Io = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>The error that one of SQLite means.</summary>
    public static OpenNebulaException Of(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        Busy or Locked => new OpenNebulaException(
            OpenNebulaErrorCodes.DocumentBusy, $"{path} is in use by other processes for longer than BusyTimeout; nothing was changed.", error),
        ReadOnly => Unusable(path, "it, or its folder, is read-only; nothing was changed", error),
        Io => Unusable(path, "its disk cannot be read or written; the last change may or may not be there", error),
        Corrupt => Unusable(path, "it is damaged; keep it, and go on with a copy that is whole", error),
        Full => Unusable(path, "its disk is full; nothing was changed", error),
        CannotOpen => Unusable(path, "it cannot be opened or created; does its folder exist, and may you write there?", error),
        NotADatabase => Unusable(path, "it is no SQLite database; it was left as it is", error),
        _ => Unusable(path, $"SQLite gave the error {error.SqliteExtendedErrorCode}, see the inner exception", error),
    };

    /// <summary>An error about a file.</summary>
    public static OpenNebulaException Unusable(string path, string why, Exception? cause = null) =>
        new(OpenNebulaErrorCodes.DocumentStoreUnusable, $"The documents of {path} cannot be used: {why}.", cause);
}
