namespace OneEdge.Flow;

/// <summary>What a value has to be.</summary>
internal enum MemberKind
{
    Object,
    Array,
    Text,
    Integer,
    Boolean,
}

/// <summary>What the schema of OneFlow says of a value.</summary>
internal sealed record MemberRule(string Name, MemberKind Kind)
{
    public bool IsRequired { get; init; }

    /// <summary>What is written when the member is missing: a text or a number.</summary>
    public object? Default { get; init; }

    public int? Minimum { get; init; }

    public string[]? OneOf { get; init; }

    /// <summary>Whether the text has to be the name of a role.</summary>
    public bool IsRoleName { get; init; }

    /// <summary>The members of an object, in the order in which they are checked; those that are not listed are kept as they are.</summary>
    public MemberRule[] Members { get; init; } = [];

    /// <summary>What each element of an array has to be; <see langword="null"/> for anything.</summary>
    public MemberRule? Items { get; init; }

    /// <summary>The name that 7.4 gives the kind.</summary>
    public string KindName => Kind switch
    {
        MemberKind.Object => "object",
        MemberKind.Array => "array",
        MemberKind.Text => "string",
        MemberKind.Integer => "integer",
        _ => "boolean",
    };
}
