namespace OneEdge.OpenNebula;

/// <summary>The bytes of an answer.</summary>
/// <param name="Bytes">The bytes, with room after them.</param>
/// <param name="Length">How many there are.</param>
internal readonly record struct AnswerBody(byte[] Bytes, int Length)
{
    // A server that announces a large answer gets the memory for it as it sends.
    private const int LargestTrusted = 32 << 20;
    private const int Unannounced = 16 << 10;

    /// <summary>Reads a body.</summary>
    /// <returns>The body; <see langword="null"/> as soon as it is known to be too large.</returns>
    public static async Task<AnswerBody?> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        long? announced = content.Headers.ContentLength;
        if (announced > limit) return null;
        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        // One byte more than announced shows the end without growing.
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(announced + 1 ?? Unannounced, LargestTrusted));
        int length = 0;
        while (true)
        {
            int read = await stream.ReadAsync(bytes.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0) return new AnswerBody(bytes, length);
            length += read;
            if (length > limit) return null;
            if (length == bytes.Length) bytes = Grow(bytes, limit);
        }
    }

    private static byte[] Grow(byte[] bytes, int limit)
    {
        byte[] larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(Math.Min((long)limit + 1, Array.MaxLength), (long)bytes.Length * 2));
        bytes.CopyTo(larger, 0);
        return larger;
    }
}
