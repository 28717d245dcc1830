using OneEdge.Config.Formats;

namespace OneEdge.Config;

/// <summary>Statements of shell files that are no variables: no change can express them, so they can't be carried over one by one.</summary>
internal static class StatementMerge
{
    private const string Reason =
        "you changed statements that are no variables, which can't be carried over; 'mine' keeps your file as it is, 'new' takes the release's statements";

    /// <summary>The conflict when the user changed such statements and the new release does not have them the same way.</summary>
    public static UpgradeConflict? Conflict(string file, ConfigDocument old, ConfigDocument mine, ConfigDocument @new)
    {
        if (mine is not ShellDocument) return null;
        string[] here = Statements(mine);
        if (here.SequenceEqual(Statements(old)) || here.SequenceEqual(Statements(@new))) return null;
        return new UpgradeConflict(file, ConflictKind.Statements, ConfigPath.Root, Old: null, Mine: null, New: null) { Detail = Reason };
    }

    private static string[] Statements(ConfigDocument document) =>
    [
        .. ((ShellDocument)document).Statements.Where(s => s.Kind == ShellStatementKind.Other).Select(s => document.Source.GetString(s.Content)),
    ];
}
