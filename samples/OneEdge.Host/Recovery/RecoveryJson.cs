using System.Text.Json;
using OneEdge.Storage.Recovery;

namespace OneEdge.Host.Recovery;

/// <summary>What several commands write as JSON.</summary>
internal static class RecoveryJson
{
    public static void WriteState(Utf8JsonWriter json, RecoveryState state)
    {
        json.WriteString("lastSuccess", state.LastSuccess is { } success ? RecoveryText.Stamp(success) : null);
        json.WriteNumber("failures", state.Failures);
        json.WriteString("lastError", state.LastError);
        if (state.Generation is { } generation) json.WriteNumber("generation", generation);
        else json.WriteNull("generation");
        json.WriteBoolean("pendingCommit", state.PendingCommit);
    }

    public static void WriteChain(Utf8JsonWriter json, RecoveryChain chain, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteNumber("vm", chain.VmId);
        json.WriteNumber("disk", chain.DiskId);
        if (chain.Generation is { } generation) json.WriteNumber("generation", generation);
        else json.WriteNull("generation");
        json.WriteString("taken", RecoveryText.Stamp(chain.Taken));
        json.WriteNumber("ageSeconds", (long)chain.Age(now).TotalSeconds);
        json.WriteNumber("bytes", chain.Size);
        if (chain.VirtualSize is { } size) json.WriteNumber("virtualBytes", size);
        else json.WriteNull("virtualBytes");
        if (chain.IsQuiesced is { } quiesced) json.WriteBoolean("quiesced", quiesced);
        else json.WriteNull("quiesced");
        json.WriteString("problem", chain.Problem);
        json.WriteString("directory", chain.Directory);
        json.WriteEndObject();
    }
}
