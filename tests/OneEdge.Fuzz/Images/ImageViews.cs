using System.Text.Json;
using OneEdge.Storage;

namespace OneEdge.Fuzz.Images;

/// <summary>What is known of an image as JSON.</summary>
internal static class ImageViews
{
    public static void Check(DiskImageInfo info) => IsJson(info.ToJson());

    public static void Check(Qcow2CheckResult result) => IsJson(result.ToJson());

    private static void IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            throw new OracleException("a view is JSON", $"{e.Message}: {text}");
        }
    }
}
