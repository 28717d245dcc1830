using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Conformance;

/// <summary>The files of the recorded runs, by hash.</summary>
internal static class ConformanceFiles
{
    public static byte[] Read(string hash) => File.ReadAllBytes(Path.Combine(ConformanceData.Area("config"), "files", hash));

    /// <summary>A file with a recorded difference applied.</summary>
    public static byte[] Patched(byte[] file, string diff)
    {
        UnifiedPatchResult result = UnifiedPatch.Parse(SourceText.From(diff)).Apply(SourceText.FromBytes(file));
        Assert.True(result.IsApplied, result.Reason);
        return result.Text!.Bytes.ToArray();
    }
}
