using System.Text.Json.Serialization;

namespace OneEdge.Storage.Recovery;

/// <summary>The files of this library, as JSON without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, MaxDepth = 8, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecoveryState))]
[JsonSerializable(typeof(RecoveryManifest))]
internal sealed partial class RecoveryJson : JsonSerializerContext;
