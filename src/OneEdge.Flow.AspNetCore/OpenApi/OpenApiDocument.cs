using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OneEdge.Flow.AspNetCore;

/// <summary>The OpenAPI 3.1 document: what the table of the paths says.</summary>
internal static partial class OpenApiDocument
{
    public static byte[] Write(IReadOnlyList<FlowRoute> routes, string server)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("openapi", "3.1.0");
            writer.WriteStartObject("info");
            writer.WriteString("title", "OneFlow");
            writer.WriteString("description", "Services of several virtual machines: the interface of OpenNebula's OneFlow 6.10, with additions.");
            writer.WriteString("version", "6.10");
            writer.WriteEndObject();
            writer.WriteStartArray("servers");
            writer.WriteStartObject();
            writer.WriteString("url", server);
            writer.WriteEndObject();
            writer.WriteEndArray();
            WritePaths(writer, routes);
            writer.WritePropertyName("components");
            writer.WriteRawValue(OpenApiSchemas.Components);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WritePaths(Utf8JsonWriter writer, IReadOnlyList<FlowRoute> routes)
    {
        writer.WriteStartObject("paths");
        foreach (IGrouping<string, FlowRoute> path in routes.GroupBy(r => r.Pattern, StringComparer.Ordinal))
        {
            writer.WriteStartObject(path.Key);
            WriteParameters(writer, path.Key);
            foreach (FlowRoute route in path) WriteOperation(writer, route);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter writer, string pattern)
    {
        MatchCollection names = PathParameter().Matches(pattern);
        if (names.Count == 0) return;
        writer.WriteStartArray("parameters");
        foreach (Match match in names)
        {
            string name = match.Groups["name"].Value;
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteString("in", "path");
            writer.WriteBoolean("required", true);
            writer.WriteStartObject("schema");
            writer.WriteString("type", name == "role" ? "string" : "integer");
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteOperation(Utf8JsonWriter writer, FlowRoute route)
    {
        writer.WriteStartObject(route.Method.ToLowerInvariant());
        writer.WriteString("operationId", route.Operation);
        writer.WriteString("summary", route.Summary);
        writer.WriteStartArray("security");
        if (!route.IsOpen)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("basic");
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (route.Body is { } body) WriteBody(writer, body, isRequired: !route.IsBodyOptional);
        WriteResponses(writer, route);
        writer.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter writer, string schema, bool isRequired)
    {
        writer.WriteStartObject("requestBody");
        writer.WriteBoolean("required", isRequired);
        WriteContent(writer, "application/json", schema);
        writer.WriteEndObject();
    }

    private static void WriteResponses(Utf8JsonWriter writer, FlowRoute route)
    {
        writer.WriteStartObject("responses");
        writer.WriteStartObject(route.Success.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("description", route.Result is null ? "Done, or on its way." : "What was asked for.");
        if (route.Result is { } result) WriteContent(writer, route.ResultType, result);
        writer.WriteEndObject();
        if (route.MayBeEmpty)
        {
            writer.WriteStartObject("204");
            writer.WriteString("description", "Done.");
            writer.WriteEndObject();
        }

        writer.WriteStartObject("default");
        writer.WriteString("description", "What is wrong, as a text; the header OneEdge-Error has a code that stays.");
        WriteContent(writer, "text/html", "Error");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, string type, string schema)
    {
        writer.WriteStartObject("content");
        writer.WriteStartObject(type);
        writer.WriteStartObject("schema");
        writer.WriteString("$ref", $"#/components/schemas/{schema}");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathParameter();
}
