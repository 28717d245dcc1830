using System.Text.Json;
using OneEdge.Config;

namespace OneEdge.Host.Config;

/// <summary>A backup as JSON.</summary>
internal static class BackupJson
{
    public static void Write(Utf8JsonWriter json, string name, ConfigBackup? backup)
    {
        json.WritePropertyName(name);
        Write(json, backup);
    }

    public static void Write(Utf8JsonWriter json, ConfigBackup? backup)
    {
        if (backup is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("id", backup.Id);
        json.WriteString("directory", backup.Directory);
        json.WriteString("time", backup.Time);
        json.WriteStartArray("files");
        foreach (BackupFile file in backup.Files) json.WriteStringValue(file.File);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
