using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OneEdge.Flow.AspNetCore.Tests;

/// <summary>A request that was sent to the original, and its answer.</summary>
internal sealed partial record Exchange
{
    public required string Name { get; init; }

    public required string Note { get; init; }

    public required string Verb { get; init; }

    public required string Path { get; init; }

    public string? Body { get; init; }

    /// <summary>The credentials that came with it.</summary>
    public string? Session { get; init; }

    public required int Status { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The text of the answer; <see langword="null"/> when it is only described.</summary>
    public string? Text { get; init; }

    /// <summary>The only member of an answer that is only described.</summary>
    public string? TopMember { get; init; }

    public bool IsOfTemplate => Path.StartsWith("/service_template", StringComparison.Ordinal);

    /// <summary>The id of the document in the path.</summary>
    public int? Id => Digits().Match(Path) is { Success: true } match
        ? int.Parse(match.Groups["id"].Value, System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>What is to be performed, when the body says it.</summary>
    public string? Perform => Json is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("action", out JsonElement action)
        && action.TryGetProperty("perform", out JsonElement perform) ? perform.GetString() : null;

    public JsonElement? Json => TryParse(Body);

    public JsonElement? Answer => Status < 300 ? TryParse(Text) : null;

    public bool IsSuccess => Status < 300;

    public override string ToString() => $"{Name} ({Note}): {Verb} {Path} {Body}";

    public static IReadOnlyList<Exchange> Recorded() =>
        [.. Directory.EnumerateFiles(ConformanceData.Area(System.IO.Path.Combine("opennebula", "oneflow")), "*.json").Order(StringComparer.Ordinal)
            .Select(Recorded)];

    public static IReadOnlyList<Exchange> Described() => [.. ConformanceData.Cases("flow", "rest.jsonl").Select(Described)];

    private static Exchange Recorded(string file)
    {
        JsonElement read = JsonElement.Parse(File.ReadAllText(file));
        string? authorization = HeaderOf(read.GetProperty("request_headers"), "Authorization: Basic ");
        return new Exchange
        {
            Name = System.IO.Path.GetFileNameWithoutExtension(file),
            Note = read.GetProperty("note").GetString()!,
            Verb = read.GetProperty("method").GetString()!,
            Path = read.GetProperty("path").GetString()!,
            Body = read.GetProperty("request_body").GetString(),
            Session = authorization is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(authorization)),
            Status = read.GetProperty("status").GetInt32(),
            ContentType = HeaderOf(read.GetProperty("response_headers"), "Content-Type: "),
            Text = read.GetProperty("response_body").GetString() ?? "",
        };
    }

    private static Exchange Described(JsonElement line)
    {
        JsonElement body = line.GetProperty("body");
        string text = line.GetProperty("response").GetString()!;
        string note = line.GetProperty("note").GetString()!;
        string? user = line.GetProperty("user").GetString();
        Match top = Summary().Match(text);
        return new Exchange
        {
            Name = line.GetProperty("id").GetString()!,
            Note = note,
            Verb = line.GetProperty("verb").GetString()!,
            Path = line.GetProperty("path").GetString()!,
            Body = body.ValueKind switch { JsonValueKind.Null => null, JsonValueKind.String => body.GetString(), _ => body.GetRawText() },
            Session = note == "bad password" ? "alice:wrong" : user switch
            {
                null => null,
                "alice" => FlowServerWorld.Alice,
                "bob" => FlowServerWorld.Bob,
                _ => FlowServerWorld.Mallory,
            },
            Status = line.GetProperty("status").GetInt32(),
            ContentType = line.GetProperty("content_type").GetString(),
            Text = text.StartsWith('(') ? null : text,
            TopMember = top.Success ? top.Groups["name"].Value : null,
        };
    }

    private static string? HeaderOf(JsonElement headers, string start) =>
        headers.EnumerateArray().Select(h => h.GetString()!).FirstOrDefault(h => h.StartsWith(start, StringComparison.Ordinal))?[start.Length..];

    private static JsonElement? TryParse(string? text)
    {
        try
        {
            return text is null ? null : JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^/service(_template)?/(?<id>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^\(JSON, top keys: (?<name>\w+)\)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Summary();
}
