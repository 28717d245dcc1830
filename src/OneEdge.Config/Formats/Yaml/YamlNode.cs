namespace OneEdge.Config.Formats;

internal enum YamlNodeKind
{
    Scalar,
    Sequence,
    Mapping,
    Alias,
}

/// <summary>One node of the text: where it stands, how it is written and what it means.</summary>
internal sealed class YamlNode
{
    public required YamlNodeKind Kind { get; init; }

    public required YamlStyle Style { get; init; }

    /// <summary>The first byte of the anchor or tag, else that of the content.</summary>
    public required int Start { get; init; }

    /// <summary>The first byte of the content, behind anchor and tag.</summary>
    public required int ContentStart { get; init; }

    /// <summary>The byte behind the content; a block scalar ends behind its last line.</summary>
    public int End { get; set; }

    /// <summary>The column of the content, in characters from 0.</summary>
    public required int Column { get; init; }

    public string? Anchor { get; init; }

    public string? Tag { get; init; }

    /// <summary>The node that an alias stands for.</summary>
    public YamlNode? Target { get; init; }

    /// <summary>The entries of a collection, in the order of the text, merges and repeated keys included.</summary>
    public List<YamlEntry> Entries { get => field ??= []; init; }

    public ConfigValue Value { get; set; } = ConfigValue.Null;

    public bool IsEmptyText => ContentStart == End;

    /// <summary>How many values this one holds, itself included, with aliases expanded.</summary>
    public long Size { get; set; } = 1;

    /// <summary>How deep collections nest below and including this one, with aliases expanded.</summary>
    public int Depth { get; set; }

    public bool IsBlockCollection => Kind is YamlNodeKind.Sequence or YamlNodeKind.Mapping && Style == YamlStyle.Block;

    public bool IsFlowCollection => Kind is YamlNodeKind.Sequence or YamlNodeKind.Mapping && Style == YamlStyle.Flow;
}

/// <summary>One item of a sequence or one member of a mapping.</summary>
internal sealed class YamlEntry
{
    /// <summary>The first byte: the dash, the question mark, or the key.</summary>
    public required int Start { get; init; }

    /// <summary>The key of a member; <see langword="null"/> for an item.</summary>
    public YamlNode? Key { get; init; }

    public required YamlNode Value { get; init; }

    /// <summary>The byte behind the indicator in front of the value (colon or dash); the end of the key when there is no colon.</summary>
    public required int ValueFrom { get; init; }

    /// <summary>Whether the colon of the member is there; items have none.</summary>
    public bool HasColon { get; init; }

    /// <summary>The comma behind the entry of a flow collection, or -1.</summary>
    public int Comma { get; set; } = -1;

    /// <summary>Whether the members of the value are merged into the mapping.</summary>
    public bool IsMerge { get; init; }

    public int End => Math.Max(Value.End, ValueFrom);
}
