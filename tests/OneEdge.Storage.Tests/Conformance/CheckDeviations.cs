using System.Text.Json;

namespace OneEdge.Storage.Tests;

/// <summary>Where a check answers differently from <c>qemu-img check</c>; <c>docs/deviations.md</c> lists the rules by these names.</summary>
internal static class CheckDeviations
{
    public const string EncryptedImagesAreChecked = "encrypted-images-are-checked";
    public const string BackingLoopsAreRefused = "backing-loops-are-refused";
    public const string EveryImageHasARefcountTable = "every-image-has-a-refcount-table";

    /// <summary>The rule that selects a recorded run, if one does.</summary>
    public static string? RuleFor(ImageCase image)
    {
        JsonElement check = image.Json.GetProperty("check");
        if (check.GetProperty("exit").ToString() == "timeout") return BackingLoopsAreRefused;
        bool wantsKey = check.GetProperty("stderr").EnumerateArray().Any(line => line.GetString()!.Contains("encrypt.key-secret", StringComparison.Ordinal));
        if (wantsKey) return EncryptedImagesAreChecked;
        bool isRefused = image.Json.TryGetProperty("verdict", out JsonElement verdict) && verdict.GetString() == "reject-open";
        return isRefused && check.GetProperty("exit").GetInt32() != 1 ? EveryImageHasARefcountTable : null;
    }
}
