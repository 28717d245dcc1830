using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneEdge.Config;

/// <summary>What a backup directory says about itself; its presence says that the backup is complete.</summary>
internal sealed record BackupManifest(DateTimeOffset Time, IReadOnlyList<BackupFile> Files)
{
    public const string FileName = "manifest.json";

    public static BackupManifest Of(ConfigBackup backup) => new(backup.Time, backup.Files);

    public static BackupManifest? Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, BackupManifestContext.Default.BackupManifest);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, BackupManifestContext.Default.BackupManifest);
}

/// <summary>Source-generated JSON of the manifest.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupManifestContext : JsonSerializerContext;
