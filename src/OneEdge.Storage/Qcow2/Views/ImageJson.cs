using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OneEdge.Storage;

/// <summary>How the JSON views of images are written.</summary>
internal static class ImageJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = Plain with { Indented = true, IndentSize = 4 };

    public static string Text(bool indented, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, indented ? Indented : Plain)) write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>An array with an item a line, as qemu-img prints maps.</summary>
    public static string Lines<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Plain);
        buffer.Write("["u8);
        bool isFirst = true;
        foreach (T item in items)
        {
            if (!isFirst) buffer.Write(",\n"u8);
            isFirst = false;
            writer.Reset();
            write(writer, item);
            writer.Flush();
        }

        buffer.Write("]"u8);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void WriteArray<T>(this Utf8JsonWriter writer, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();
        foreach (T item in items) write(writer, item);
        writer.WriteEndArray();
    }
}
