namespace OneEdge.Config.Formats;

/// <summary>A place in the text as the scanner counts: byte offset, line and column from 0, and characters from the start.</summary>
internal readonly record struct YamlMark(int Offset, int Line, int Column, int Index);

internal enum YamlTokenKind
{
    StreamEnd,
    VersionDirective,
    TagDirective,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias,
    Anchor,
    Tag,
    Scalar,
}

internal enum YamlStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
    Block,
    Flow,
}

/// <summary>
/// One token. <paramref name="Text"/> is the content of a scalar, an anchor's name, a tag's handle; <paramref name="Suffix"/> the rest of a tag.
/// </summary>
internal readonly record struct YamlToken(
    YamlTokenKind Kind, YamlMark Start, YamlMark End, string Text = "", string Suffix = "", YamlStyle Style = YamlStyle.Plain);

/// <summary>The text is not YAML: stops the reader. Never leaves the format's folder.</summary>
internal sealed class YamlErrorException(string code, string message, YamlMark place, YamlMark problem) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>Where the construct began; the place that the original names.</summary>
    public YamlMark Place { get; } = place;

    /// <summary>Where reading stopped.</summary>
    public YamlMark Problem { get; } = problem;

    public static YamlErrorException Syntax(string? context, YamlMark contextMark, string problem, YamlMark problemMark) => new(
        ConfigErrorCodes.YamlSyntax,
        context is null ? problem : $"{problem} {context}",
        context is null ? problemMark : contextMark,
        problemMark);

    public static YamlErrorException Limit(string message, YamlMark place) => new(ConfigErrorCodes.Limit, message, place, place);

    public static YamlErrorException Unsupported(string message, YamlMark place) => new(ConfigErrorCodes.YamlUnsupportedValue, message, place, place);
}
