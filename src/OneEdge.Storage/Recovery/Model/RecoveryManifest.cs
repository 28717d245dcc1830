using System.Text.Json;

namespace OneEdge.Storage.Recovery;

/// <summary>What is known of a generation on the replica, in a file beside it.</summary>
internal sealed record RecoveryManifest
{
    public const int MaxBytes = 64 << 10;

    public int Format { get; init; } = 1;

    public required int VmId { get; init; }

    public required int DiskId { get; init; }

    public required long Generation { get; init; }

    public required DateTimeOffset Taken { get; init; }

    public required bool IsQuiesced { get; init; }

    public required string Sha256 { get; init; }

    public required long Length { get; init; }

    public required string BaseSha256 { get; init; }

    public required long BaseLength { get; init; }

    /// <summary>What a manifest says of the chain beside which it lies.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static RecoveryChain Apply(RecoveryChain chain, ReadOnlySpan<byte> content)
    {
        RecoveryManifest manifest = JsonSerializer.Deserialize(content, RecoveryJson.Default.RecoveryManifest) ?? throw new JsonException("It is empty.");
        if (manifest.Format != 1)
            return chain with { Problem = FormattableString.Invariant($"its manifest has the format {manifest.Format}, which is not known here.") };
        if ((manifest.VmId, manifest.DiskId, manifest.Generation) != (chain.VmId, chain.DiskId, chain.Generation))
            return chain with { Problem = "its manifest is that of another one." };
        return chain with { Taken = manifest.Taken, IsQuiesced = manifest.IsQuiesced, Sha256 = manifest.Sha256, BaseSha256 = manifest.BaseSha256 };
    }
}
