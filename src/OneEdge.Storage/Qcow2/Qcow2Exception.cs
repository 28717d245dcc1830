namespace OneEdge.Storage;

/// <summary>A disk image that is malformed, unsupported or incomplete.</summary>
public sealed class Qcow2Exception : StorageException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="code">A code of <see cref="StorageErrorCodes"/>.</param>
    /// <param name="file">The image, as it was named.</param>
    /// <param name="reason">What is wrong, with the values.</param>
    /// <param name="offset">Where in the file, in bytes, if that is one place.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public Qcow2Exception(string code, string file, string reason, long? offset = null, Exception? innerException = null)
        : base(code, offset is { } at ? $"{file}(0x{at:x}): {reason}" : $"{file}: {reason}", innerException)
    {
        (File, Offset) = (file, offset);
    }

    /// <summary>The image, as it was named.</summary>
    public string File { get; }

    /// <summary>Where in the file, in bytes, if that is one place.</summary>
    public long? Offset { get; }
}
