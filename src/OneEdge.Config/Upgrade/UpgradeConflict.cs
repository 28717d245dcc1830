namespace OneEdge.Config;

/// <summary>One place where the user and the new release disagree.</summary>
/// <param name="File">The file, as seen from the root of the installation.</param>
/// <param name="Kind">Why it is a conflict.</param>
/// <param name="Path">The place in the file; the root for the whole file.</param>
/// <param name="Old">The value of the old release; <see langword="null"/> when it had none.</param>
/// <param name="Mine">The user's value; <see langword="null"/> when the user removed it.</param>
/// <param name="New">The value of the new release; <see langword="null"/> when it has none.</param>
public sealed record UpgradeConflict(string File, ConflictKind Kind, ConfigPath Path, ConfigValue? Old, ConfigValue? Mine, ConfigValue? New)
{
    /// <summary>What was decided.</summary>
    public ConflictChoice Choice { get; init; }

    /// <summary>More about the reason, for example why a file can't be read.</summary>
    public string? Detail { get; init; }

    /// <summary>The conflict for people; secret-looking values are masked.</summary>
    /// <returns>One line.</returns>
    public override string ToString()
    {
        string place = Path.Count > 0 ? $"{File} {Path}" : File;
        string decided = Choice == ConflictChoice.Fail ? "" : $" [{(Choice == ConflictChoice.Mine ? "mine" : "new")}]";
        return Kind switch
        {
            ConflictKind.FileGone => $"{place}: changed by you, gone in the new release{decided}",
            ConflictKind.FileAdded => $"{place}: yours differs from the file that the new release brings{decided}",
            ConflictKind.Unreadable or ConflictKind.Statements => $"{place}: {Detail}{decided}",
            _ => $"{place}: {Text(Kind)}: mine {Show(Mine)}, new {Show(New)}, was {Show(Old)}{decided}",
        };
    }

    private static string Text(ConflictKind kind) => kind switch
    {
        ConflictKind.Gone => "gone in the new release",
        ConflictKind.TypeChanged => "of another kind in the new release",
        _ => "changed by both",
    };

    private string Show(ConfigValue? value)
    {
        const int longest = 80;
        if (value is null) return "(none)";
        string text = ConfigSecrets.Mask(Path, value).ToJson();
        return text.Length > longest ? string.Concat(text.AsSpan(0, longest), "...") : text;
    }
}
