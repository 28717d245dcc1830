using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Rpc;

/// <summary>A call and its answer, recorded from a real server.</summary>
internal sealed record RecordedExchange(string Name, string RequestBody, int Status, string ContentType, string ResponseBody, JsonElement Decoded)
{
    public bool HasAnswer => Decoded.ValueKind == JsonValueKind.Object;

    public static IEnumerable<RecordedExchange> All() =>
        Directory.EnumerateFiles(Path.Combine(ConformanceData.Area("opennebula"), "xmlrpc"), "*.json").Order(StringComparer.Ordinal).Select(Read);

    /// <summary>The method and the parameters of the request, read by another reader than ours; none when it is malformed on purpose.</summary>
    public (string Method, RpcValue[] Parameters)? Request()
    {
        try
        {
            XElement call = XDocument.Parse(RequestBody, LoadOptions.PreserveWhitespace).Root!;
            return (call.Element("methodName")!.Value, [.. call.Element("params")!.Elements("param").Select(p => ValueOf(p.Element("value")!))]);
        }
        catch (System.Xml.XmlException)
        {
            return null;
        }
    }

    /// <summary>The value that a request or an answer holds, by System.Xml.</summary>
    public static RpcValue ValueOf(XElement value)
    {
        if (value.Elements().SingleOrDefault() is not { } typed) return value.Value;
        return typed.Name.LocalName switch
        {
            "string" => typed.Value,
            "i4" or "int" => int.Parse(typed.Value, CultureInfo.InvariantCulture),
            "i8" => long.Parse(typed.Value, CultureInfo.InvariantCulture),
            "boolean" => typed.Value == "1",
            "double" => double.Parse(typed.Value, CultureInfo.InvariantCulture),
            "array" => RpcValue.Array([.. typed.Element("data")!.Elements("value").Select(ValueOf)]),
            "struct" => RpcValue.Struct([.. typed.Elements("member").Select(m => KeyValuePair.Create(m.Element("name")!.Value, ValueOf(m.Element("value")!)))]),
            _ => throw new NotSupportedException(typed.Name.LocalName),
        };
    }

    private static RecordedExchange Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        JsonElement root = document.RootElement.Clone();
        string type = root.GetProperty("response_headers").EnumerateArray().Select(h => h.GetString()!)
            .First(h => h.StartsWith("Content-type: ", StringComparison.OrdinalIgnoreCase))["Content-type: ".Length..];
        return new RecordedExchange(
            Path.GetFileNameWithoutExtension(file), root.GetProperty("request_body").GetString()!, root.GetProperty("status").GetInt32(), type,
            root.GetProperty("response_body").GetString()!, root.GetProperty("decoded"));
    }
}
