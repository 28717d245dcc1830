using System.Text.Json;

namespace OneEdge.Storage;

/// <summary>Writes what <c>qemu-img map --output=json</c> prints.</summary>
internal static class GuestExtentJson
{
    public static string Of(IEnumerable<GuestExtent> rows) => ImageJson.Lines(rows, Write);

    private static void Write(Utf8JsonWriter writer, GuestExtent row)
    {
        writer.WriteStartObject();
        writer.WriteNumber("start", row.Start);
        writer.WriteNumber("length", row.Length);
        writer.WriteNumber("depth", row.Depth);
        writer.WriteBoolean("present", row.IsPresent);
        writer.WriteBoolean("zero", row.IsZero);
        writer.WriteBoolean("data", row.IsData);
        if (row.Offset is { } offset) writer.WriteNumber("offset", offset);
        writer.WriteEndObject();
    }
}
