using System.Globalization;
using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>The findings of the patch readers; messages are the original's where it has one.</summary>
internal static class PatchFindings
{
    public static Diagnostic InvalidLine(int line) => AtLine(ConfigErrorCodes.PatchLine, line,
        string.Create(CultureInfo.InvariantCulture, $"Invalid format at line: {line}."), "a line is: FILE ins|set|rm PATH [JSON]");

    public static Diagnostic UnknownFile(ConfigCatalog catalog, string name, int? line)
    {
        string hint = NearNames.Hint(NearNames.Find(name, catalog.Entries.Select(e => e.Pattern)))
            ?? "name the file as seen from the root of the installation, for example /etc/one/oned.conf";
        return AtLine(ConfigErrorCodes.PatchUnknownFile, line, $"Unknown or missing file to patch '{name}'", hint);
    }

    public static Diagnostic UnknownAction(string action, int line) => AtLine(ConfigErrorCodes.PatchAction, line,
        $"Invalid patch action '{action}'", "actions are ins, set and rm");

    public static Diagnostic MissingPath(int line) => AtLine(ConfigErrorCodes.PatchPath, line,
        "Error reading line patch (the path is missing)", "write / for the whole document; close every quote");

    public static Diagnostic Json(string reason, int line) => AtLine(ConfigErrorCodes.Json, line,
        $"Error reading line patch ({reason})", "the value is one JSON value; text stands in double quotes");

    public static Diagnostic More(int count) => new(ConfigErrorCodes.Limit, DiagnosticSeverity.Error,
        string.Create(CultureInfo.InvariantCulture, $"and {count} more findings"))
    { Hint = "repair the first ones and try again" };

    public static Diagnostic Yaml(string message, string? hint = null) => new(ConfigErrorCodes.PatchYaml, DiagnosticSeverity.Error, message) { Hint = hint };

    private static Diagnostic AtLine(string code, int? line, string message, string hint) => new(code, DiagnosticSeverity.Error, message)
    {
        Position = line is { } number ? new LinePosition(number, 1) : null,
        Hint = hint,
    };
}
