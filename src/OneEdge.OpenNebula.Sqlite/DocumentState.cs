using Microsoft.Data.Sqlite;

namespace OneEdge.OpenNebula.Sqlite;

/// <summary>What decides whether a document may be changed.</summary>
/// <param name="Version">The version.</param>
/// <param name="Token">The token of the newest lease; 0 when there was none.</param>
/// <param name="Lease">The newest lease, if it was not released.</param>
internal sealed record DocumentState(DocumentVersion Version, long Token, DocumentLease? Lease)
{
    public static DocumentState? Read(SqliteConnection connection, int id)
    {
        using SqliteCommand command = DocumentRow.Command(
            connection, "SELECT version, lease_token, lease_holder, lease_expires FROM documents WHERE id = $id", ("$id", id));
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? new DocumentState(new DocumentVersion(reader.GetInt64(0)), reader.GetInt64(1), DocumentRow.Lease(reader, id, 1)) : null;
    }
}
