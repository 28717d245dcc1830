using Microsoft.Data.Sqlite;

namespace OneEdge.OpenNebula.Sqlite;

/// <summary>Reads documents out of the table.</summary>
internal static class DocumentRow
{
    private const string Columns = "id, type, name, body, version, created, lease_token, lease_holder, lease_expires";

    /// <summary>The documents that a condition names.</summary>
    public static List<StoredDocument> Read(SqliteConnection connection, string condition, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using SqliteCommand command = Command(connection, $"SELECT {Columns} FROM documents {condition}", values);
        using SqliteDataReader reader = command.ExecuteReader();
        List<StoredDocument> documents = [];
        while (reader.Read()) documents.Add(Read(reader));
        return documents;
    }

    /// <summary>A statement with its values.</summary>
    public static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in values) command.Parameters.AddWithValue(name, value);
        return command;
    }

    /// <summary>The lease that a row tells of.</summary>
    public static DocumentLease? Lease(SqliteDataReader reader, int id, int column) => reader.IsDBNull(column + 1)
        ? null
        : new DocumentLease(id, reader.GetString(column + 1), reader.GetInt64(column), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column + 2)));

    private static StoredDocument Read(SqliteDataReader reader)
    {
        int id = reader.GetInt32(0);
        return new StoredDocument
        {
            Id = id,
            Type = (DocumentType)reader.GetInt32(1),
            Name = reader.GetString(2),
            Body = reader.GetFieldValue<byte[]>(3),
            Version = new DocumentVersion(reader.GetInt64(4)),
            RegistrationTime = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(5)),
            Lease = Lease(reader, id, 6),
        };
    }
}
