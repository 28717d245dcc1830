namespace OneEdge.Storage.Recovery;

/// <summary>What is known of a generation on the replica, in a file beside it.</summary>
internal sealed record RecoveryManifest
{
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
}
