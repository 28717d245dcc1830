namespace OneEdge.Storage.Tests;

/// <summary>All recorded images by their names; none when the vectors are absent.</summary>
internal static class ImageCases
{
    public static IReadOnlyDictionary<string, ImageCase> Good { get; } = Load(ImageCase.Good);

    public static IReadOnlyDictionary<string, ImageCase> Hostile { get; } = Load(ImageCase.Hostile);

    private static Dictionary<string, ImageCase> Load(Func<IEnumerable<ImageCase>> cases) =>
        ConformanceData.TryFind("storage") is null ? [] : cases().ToDictionary(c => c.Id, StringComparer.Ordinal);
}
