using System.Text.Json;

namespace OneEdge.Flow.Tests.Client;

/// <summary>A request and its answer, recorded from OneFlow 6.10.5.</summary>
internal sealed record RecordedExchange(string Name, string Method, string Path, string? User, string? RequestBody, int Status, string ResponseBody)
{
    public bool IsSuccess => Status < 300;

    public static IEnumerable<RecordedExchange> All() =>
        Directory.EnumerateFiles(System.IO.Path.Combine(ConformanceData.Area("opennebula"), "oneflow"), "*.json").Order(StringComparer.Ordinal).Select(Read);

    private static RecordedExchange Read(string file)
    {
        JsonElement root = JsonElement.Parse(File.ReadAllBytes(file));
        const string basic = "Authorization: Basic ";
        string? authorization = root.GetProperty("request_headers").EnumerateArray().Select(h => h.GetString()!)
            .SingleOrDefault(h => h.StartsWith(basic, StringComparison.Ordinal));
        return new RecordedExchange(
            System.IO.Path.GetFileNameWithoutExtension(file),
            root.GetProperty("method").GetString()!,
            root.GetProperty("path").GetString()!,
            authorization is null ? null : System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(authorization[basic.Length..])),
            root.GetProperty("request_body").GetString(),
            root.GetProperty("status").GetInt32(),
            root.GetProperty("response_body").GetString() ?? "");
    }
}
