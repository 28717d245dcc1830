namespace OneEdge.Config;

/// <summary>A value is not of the type that was asked for; code <c>OEC1112</c>.</summary>
public sealed class ConfigTypeException : ConfigException
{
    internal ConfigTypeException(string? file, ConfigPath path, ConfigValue found, string expected)
        : base(ConfigErrorCodes.WrongType, Describe(file, path, found, expected))
    {
        File = file;
        Path = path;
        Found = found.Kind;
        Expected = expected;
    }

    /// <summary>The name of the document; <see langword="null"/> when it has none.</summary>
    public string? File { get; }

    /// <summary>The path.</summary>
    public ConfigPath Path { get; }

    /// <summary>What the value is.</summary>
    public ConfigValueKind Found { get; }

    /// <summary>What was asked for, in words.</summary>
    public string Expected { get; }

    private static string Describe(string? file, ConfigPath path, ConfigValue found, string expected)
    {
        const int MaxShown = 40;
        string shown = ConfigSecrets.Mask(path, found).ToString();
        string what = found.Kind switch
        {
            ConfigValueKind.Null => "null",
            ConfigValueKind.Array => $"an array of {found.Items.Count} items",
            ConfigValueKind.Map => $"a map of {found.Members.Count} members",
            ConfigValueKind.String => $"the text '{(shown.Length > MaxShown ? shown[..MaxShown] + "..." : shown)}'",
            _ => $"the {KindName(found.Kind)} {shown}",
        };
        return new Diagnostic(ConfigErrorCodes.WrongType, DiagnosticSeverity.Error, $"The value at '{path}' is {what}; expected {expected}.")
        {
            File = file,
        }.ToString();
    }

    private static string KindName(ConfigValueKind kind) => kind switch
    {
        ConfigValueKind.Boolean => "boolean",
        ConfigValueKind.Integer => "whole number",
        ConfigValueKind.Float => "number",
        _ => "symbol",
    };
}
