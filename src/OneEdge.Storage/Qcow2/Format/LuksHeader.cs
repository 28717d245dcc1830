namespace OneEdge.Storage;

/// <summary>The LUKS header (version 1) of an encrypted image: how it is encrypted, not the keys.</summary>
public sealed record LuksHeader
{
    /// <summary>The cipher with the key size, for example <c>aes-256</c>.</summary>
    public required string CipherAlgorithm { get; init; }

    /// <summary>The mode of the cipher, for example <c>xts</c>.</summary>
    public required string CipherMode { get; init; }

    /// <summary>How initial vectors are made, for example <c>plain64</c>.</summary>
    public required string IvGenerator { get; init; }

    /// <summary>The hash with which initial vectors are made; <see langword="null"/> when none is.</summary>
    public string? IvHash { get; init; }

    /// <summary>The hash of keys, for example <c>sha256</c>.</summary>
    public required string Hash { get; init; }

    /// <summary>How many rounds the digest of the master key took.</summary>
    public required uint MasterKeyIterations { get; init; }

    /// <summary>Where encrypted data begins behind the header, in bytes.</summary>
    public required long PayloadOffset { get; init; }

    /// <summary>The identifier.</summary>
    public required string Uuid { get; init; }

    /// <summary>The eight key slots.</summary>
    public required IReadOnlyList<LuksKeySlot> Slots { get; init; }
}

/// <summary>A key slot of LUKS.</summary>
/// <param name="IsActive">Whether it holds a key.</param>
/// <param name="Iterations">How many rounds its passphrase takes.</param>
/// <param name="KeyOffset">Where its key material begins, in bytes.</param>
/// <param name="Stripes">Into how many stripes the key is split.</param>
public sealed record LuksKeySlot(bool IsActive, uint Iterations, long KeyOffset, uint Stripes);
