namespace OneEdge.Storage;

/// <summary>A part of the guest that one image of a chain treats alike: a row of <c>qemu-img map</c>.</summary>
public readonly record struct GuestExtent
{
    /// <summary>Where it begins for the guest, in bytes.</summary>
    public required long Start { get; init; }

    /// <summary>How long it is, in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>
    /// Which image decides: 0 is the top, 1 its backing file. Where no image has anything: the deepest one whose virtual size covers the offset.
    /// </summary>
    public required int Depth { get; init; }

    /// <summary>Whether an image of the chain has something there, data or zeroes.</summary>
    public required bool IsPresent { get; init; }

    /// <summary>Whether it reads as zeroes without looking at data.</summary>
    public required bool IsZero { get; init; }

    /// <summary>Whether there is data in a file.</summary>
    public required bool IsData { get; init; }

    /// <summary>
    /// Where it lies in the file of the image (its external data file, if it has one), in bytes; <see langword="null"/> for what has no place, and for
    /// compressed or encrypted data.
    /// </summary>
    public long? Offset { get; init; }

    /// <summary>Rows as JSON, one a line: the names and values of <c>qemu-img map --output=json</c>.</summary>
    /// <param name="rows">The rows.</param>
    public static string ToJson(IEnumerable<GuestExtent> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return GuestExtentJson.Of(rows);
    }
}
