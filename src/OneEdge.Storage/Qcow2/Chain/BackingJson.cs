using System.Text.Json;

namespace OneEdge.Storage;

/// <summary>
/// Backing names of the form <c>json:{...}</c>, which hold options of block drivers; nested objects and dotted keys mean the same. Only what names a file of
/// this machine is
/// read: drivers <c>qcow2</c> and <c>raw</c> over <c>file</c>.
/// </summary>
internal static class BackingJson
{
    private const int MaxDepth = 8;
    private static readonly string[] Known = ["driver", "filename", "file.driver", "file.filename"];

    public static BackingReference Read(string json, string stored, DiskImageFormat? format, string overlay)
    {
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Refused(overlay, stored, "it is not an object");
            Flatten(document.RootElement, "", options, overlay, stored);
        }
        catch (JsonException e)
        {
            throw Refused(overlay, stored, "it is malformed", e);
        }

        if (options.Keys.FirstOrDefault(key => !Known.Contains(key)) is { } unknown) throw Refused(overlay, stored, $"the option '{unknown}' is not read here");
        if (options.TryGetValue("file.driver", out string? protocol) && protocol is not "file") throw Refused(
            overlay, stored, $"the driver '{protocol}' is not read here");
        string? driver = options.GetValueOrDefault("driver");
        string? file = options.GetValueOrDefault("file.filename") ?? (driver is "file" ? options.GetValueOrDefault("filename") : null);
        if (file is not { Length: > 0 }) throw Refused(overlay, stored, "it names no file");
        if (file.Contains('\0', StringComparison.Ordinal)) throw Refused(overlay, stored, "the name of the file contains NUL");
        // What the name says counts more than what the image says.
        return new BackingReference(file, stored, driver is null ? format : BackingNames.FormatOf(driver, overlay));
    }

    private static void Flatten(JsonElement element, string prefix, Dictionary<string, string> options, string overlay, string stored)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            string key = prefix + property.Name;
            switch (property.Value.ValueKind)
            {
                case JsonValueKind.Object:
                    Flatten(property.Value, key + ".", options, overlay, stored);
                    break;
                case JsonValueKind.String:
                    if (!options.TryAdd(key, property.Value.GetString()!)) throw Refused(overlay, stored, $"the option '{key}' stands there twice");
                    break;
                default:
                    throw Refused(overlay, stored, $"the option '{key}' is no text");
            }
        }
    }

    private static Qcow2Exception Refused(string overlay, string stored, string reason, Exception? cause = null) =>
        new(StorageErrorCodes.BackingProtocol, overlay, $"the backing file '{stored}' cannot be opened: {reason}.", innerException: cause);
}
