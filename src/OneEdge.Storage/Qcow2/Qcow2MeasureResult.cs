namespace OneEdge.Storage;

/// <summary>How much room a copy of an image takes.</summary>
/// <param name="Required">What a copy of the present content takes, in bytes.</param>
/// <param name="FullyAllocated">What it takes once the guest has written everything, in bytes.</param>
/// <param name="Bitmaps">What the persistent bitmaps take besides, in bytes; <see langword="null"/> when the target cannot hold any.</param>
public sealed record Qcow2MeasureResult(long Required, long FullyAllocated, long? Bitmaps = null)
{
    /// <summary>The same as JSON: the names and values of <c>qemu-img measure --output=json</c>.</summary>
    /// <param name="indented">Whether for people.</param>
    public string ToJson(bool indented = false) => ImageJson.Text(indented, writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("required", Required);
        writer.WriteNumber("fully-allocated", FullyAllocated);
        if (Bitmaps is { } bitmaps) writer.WriteNumber("bitmaps", bitmaps);
        writer.WriteEndObject();
    });
}
