using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OneEdge.Config.Tests.Conformance;

/// <summary>One recorded run of the original <c>onecfg patch</c>; the README of the vectors describes the members.</summary>
internal sealed class PatchCase(JsonElement data)
{
    private JsonElement Options => data.GetProperty("options");

    private JsonElement Expect => data.GetProperty("expect");

    public string Id => data.GetProperty("id").GetString()!;

    public byte[] Patch => data.TryGetProperty("patch_base64", out JsonElement base64)
        ? base64.GetBytesFromBase64()
        : Encoding.UTF8.GetBytes(data.GetProperty("patch_text").GetString()!);

    public string? Format => Text(Options, "format");

    public string Log => Text(Options, "log") ?? "default";

    public int ExitCode => Expect.GetProperty("exit_code").GetInt32();

    public bool HasSoftErrorText => Has(Expect, "soft_error_text");

    public IReadOnlyList<string> LogLines => [.. Expect.GetProperty("log_lines").EnumerateArray().Select(l => l.GetString()!)];

    /// <summary>The files before the run; one without a class is compared as text.</summary>
    public IEnumerable<(string Path, ConfigFormat Format, byte[] Bytes)> Inputs => data.GetProperty("inputs").EnumerateArray().Select(i =>
        (i.GetProperty("path").GetString()!, Class(i.GetProperty("class").GetString()), ConformanceFiles.Read(i.GetProperty("file_hash").GetString()!)));

    public bool Option(string name) => Has(Options, name);

    /// <summary>The bytes of every file after the run.</summary>
    public IEnumerable<(string Path, byte[] Bytes)> Outputs()
    {
        Dictionary<string, byte[]> inputs = Inputs.ToDictionary(i => i.Path, i => i.Bytes, StringComparer.Ordinal);
        foreach (JsonElement output in Expect.GetProperty("outputs").EnumerateArray())
        {
            string path = output.GetProperty("path").GetString()!;
            byte[] bytes = Text(output, "file_hash") is { } hash ? ConformanceFiles.Read(hash)
                : Text(output, "udiff") is { } diff ? ConformanceFiles.Patched(inputs[path], diff)
                : inputs[path];
            Assert.Equal(output.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
            yield return (path, bytes);
        }
    }

    private static ConfigFormat Class(string? name) => name is null ? ConfigFormat.Text : ConfigFormat.All.Single(f => f.ClassName == name);

    private static bool Has(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
