using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OneEdge.OpenNebula.Sqlite;

/// <summary>The tables, and whether a file has them. Nothing is written to a file before it is known to be ours or empty.</summary>
internal static class SqliteSchema
{
    /// <summary>The version that this code reads and writes.</summary>
    public const long Version = 1;

    // "OEdc": the mark of our files among those of SQLite.
    private const long ApplicationId = 0x4F456463;

    private const string Tables = """
        CREATE TABLE schema_version (version INTEGER NOT NULL);
        CREATE TABLE documents (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          type INTEGER NOT NULL,
          name TEXT NOT NULL,
          body BLOB NOT NULL,
          version INTEGER NOT NULL,
          created INTEGER NOT NULL,
          lease_token INTEGER NOT NULL DEFAULT 0,
          lease_holder TEXT,
          lease_expires INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX documents_of_type ON documents (type, id);
        """;

    /// <summary>Checks the tables, and makes them in an empty file.</summary>
    public static void Ensure(SqliteConnection connection, string path)
    {
        if (IsOurs(connection, path)) return;
        // A file changes how it keeps its journal outside of transactions only; another process may be about to do the same.
        Run(connection, "PRAGMA journal_mode = WAL");
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        if (!IsOurs(connection, path))
        {
            Run(connection, Tables);
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO schema_version VALUES ({Version})"));
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        }

        transaction.Commit();
    }

    /// <summary>Carries out statements that give nothing back.</summary>
    public static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A number that a statement gives.</summary>
    public static long Number(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    // Whether the file has our tables; one without any is empty.
    private static bool IsOurs(SqliteConnection connection, string path)
    {
        // In this order: another process makes tables and mark in one transaction, which may end between the two questions.
        bool isEmpty = Number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        long application = Number(connection, "PRAGMA application_id");
        if (isEmpty && application == 0) return false;
        if (application != ApplicationId)
            throw SqliteFailure.Unusable(path, "it is the database of another program; it was left as it is");
        long version = Number(connection, "SELECT max(version) FROM schema_version");
        if (version <= Version) return true;
        throw new OpenNebulaException(
            OpenNebulaErrorCodes.DocumentStoreNewer,
            $"{path} was made by a newer version (schema {version}, known here: {Version}); it was left as it is. Use that version, or another file.");
    }
}
