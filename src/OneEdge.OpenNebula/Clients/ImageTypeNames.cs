namespace OneEdge.OpenNebula;

/// <summary>The names that calls take for types of images.</summary>
internal static class ImageTypeNames
{
    public static string Of(ImageType? type) => type?.ToString().ToUpperInvariant() ?? "";
}
