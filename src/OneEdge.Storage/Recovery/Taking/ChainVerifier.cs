using System.Security.Cryptography;

namespace OneEdge.Storage.Recovery;

/// <summary>Opens a chain of base and overlay in its layout, checks the overlay and walks all tables.</summary>
internal static class ChainVerifier
{
    private const int BlockSize = 1 << 20;

    /// <summary>Verifies a chain that nobody writes. Nothing outside of its directory is opened.</summary>
    /// <returns>The images, from the top down.</returns>
    /// <exception cref="StorageException">The chain is incomplete, corrupt, or not of the expected form.</exception>
    public static async Task<IReadOnlyList<DiskImageInfo>> VerifyAsync(DiskFiles files, CancellationToken cancellationToken)
    {
        // By the name of the link, as the hypervisor opens it: relative backing names are joined to it. A running guest holds its lock on the overlay for
        // reading.
        var options = new Qcow2OpenOptions { Root = files.Directory, IgnoresLocks = true };
        Qcow2Image image = await Qcow2Image.OpenAsync(files.Disk, options, cancellationToken).ConfigureAwait(false);
        await using (image.ConfigureAwait(false))
        {
            string? reason = RecoveryDiskCheck.ReasonAgainst(files, image.Info);
            if (reason is null && image.BackingChain.Count != 2) reason = $"the chain has {image.BackingChain.Count} images instead of 2.";
            if (reason is not null) throw new StorageException(StorageErrorCodes.RecoveryLayout, $"The chain '{files.Disk}' cannot be used: {reason}");
            Qcow2CheckResult check = await image.CheckAsync(cancellationToken).ConfigureAwait(false);
            if (check.Kind is Qcow2CheckKind.Corruptions or Qcow2CheckKind.Failed)
                throw new StorageException(StorageErrorCodes.RecoveryLayout, $"The chain '{files.Disk}' cannot be used: {check}.");
            // The tables of the base too, as far as the guest sees them.
            await image.MapAsync(cancellationToken).ConfigureAwait(false);
            foreach (DiskImageInfo info in image.BackingChain) CheckEnd(info);
            return image.BackingChain;
        }
    }

    /// <summary>The SHA-256 of a file.</summary>
    public static Task<FileDigest> DigestAsync(string file, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            DateTimeOffset modified = new(File.GetLastWriteTimeUtc(file));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            byte[] block = new byte[BlockSize];
            long length = 0;
            for (int read; (read = stream.Read(block)) > 0; length += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(block, 0, read);
            }

            return new FileDigest(Convert.ToHexStringLower(hash.GetHashAndReset()), length, modified);
        },
        cancellationToken);

    // Data that a file does not have reads as zeroes: for qemu that is no error, here it is a copy that was cut off.
    public static void CheckEnd(DiskImageInfo info)
    {
        long needed = info.Header!.L1TableOffset + (info.Header.L1Size * 8L);
        if (info.FileSize < needed) throw new Qcow2Exception(StorageErrorCodes.L1Table, info.File, $"the file ends at {info.FileSize}, within its L1 table.");
    }
}
