using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneEdge.Config;

/// <summary>What a backup directory says about itself; its presence says that the backup is complete.</summary>
internal sealed record BackupManifest(DateTimeOffset Time, IReadOnlyList<BackupFile> Files)
{
    public const string FileName = "manifest.json";

    public static BackupManifest Of(ConfigBackup backup) => new(backup.Time, backup.Files);

    public static BackupManifest? Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, BackupManifestContext.Default.BackupManifest);

    // Every patch writes a manifest and few runs read one, so only reading pays for a serialiser and its start.
    public byte[] ToBytes()
    {
        var content = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(content, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("time", Time);
            json.WriteStartArray("files");
            foreach (BackupFile file in Files)
            {
                json.WriteStartObject();
                json.WriteString("file", file.File);
                json.WriteBoolean("existed", file.Existed);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return content.WrittenSpan.ToArray();
    }
}

/// <summary>Source-generated JSON of the manifest.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupManifestContext : JsonSerializerContext;
