using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>Unified differences of configuration texts.</summary>
internal static class TextDifference
{
    /// <summary>The difference; with secret-looking values masked on request.</summary>
    public static string Of(SourceText old, SourceText newer, string oldLabel, string newLabel, bool maskSecrets) => maskSecrets
        ? SecretText.CreateMaskedDiff(old, newer, oldLabel, newLabel).ToString()
        : UnifiedDiff.Create(old, newer, oldLabel, newLabel).ToString();
}
