using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OneEdge.Config;

namespace OneEdge.Host.Cli;

/// <summary>Writes the JSON results of commands.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(HostIo io, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (Utf8JsonWriter json = CreateWriter(buffer)) write(json);
        io.Out.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>A writer as all results are written.</summary>
    public static Utf8JsonWriter CreateWriter(IBufferWriter<byte> buffer) => new(buffer, Options);

    public static void WriteFindings(Utf8JsonWriter json, string name, IEnumerable<Diagnostic> findings)
    {
        json.WriteStartArray(name);
        foreach (Diagnostic finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("file", finding.File);
            WriteNumber(json, "line", finding.Position?.Line);
            WriteNumber(json, "column", finding.Position?.Column);
            json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
            json.WriteString("code", finding.Code);
            json.WriteString("message", finding.Message);
            json.WriteString("hint", finding.Hint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a value as changes carry it; symbols are text with a colon.</summary>
    public static void WriteValue(Utf8JsonWriter json, string name, ConfigValue? value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value?.ToJson() ?? "null");
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } given) json.WriteNumber(name, given);
        else json.WriteNull(name);
    }
}
