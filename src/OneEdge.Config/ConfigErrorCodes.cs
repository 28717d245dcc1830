namespace OneEdge.Config;

/// <summary>The stable codes of the errors and findings of OneEdge.Config; <c>docs/config.md</c> explains each.</summary>
public static class ConfigErrorCodes
{
    /// <summary>A limit of <see cref="ConfigLimits"/> is exceeded.</summary>
    public const string Limit = "OEC1001";

    /// <summary>oned.conf: the text is not in the grammar.</summary>
    public const string OnedSyntax = "OEC1011";

    /// <summary>oned.conf: sections are missing their NAME, repeat it, or a plain section occurs twice.</summary>
    public const string OnedStructure = "OEC1012";

    /// <summary>oned.conf: an attribute that should have one value has several.</summary>
    public const string OnedRepeated = "OEC1013";

    /// <summary>Shell file: the text is not in the grammar.</summary>
    public const string ShellSyntax = "OEC1021";

    /// <summary>Shell file: a variable is assigned more than once.</summary>
    public const string ShellRepeated = "OEC1022";

    /// <summary>Shell file: statements other than variables differ; a comparison does not cover them.</summary>
    public const string ShellStatement = "OEC1023";

    /// <summary>YAML: the text is not in the grammar.</summary>
    public const string YamlSyntax = "OEC1031";

    /// <summary>YAML: a value of a kind that configuration does not hold (date, time, Ruby object).</summary>
    public const string YamlUnsupportedValue = "OEC1032";

    /// <summary>YAML: a key occurs twice in one map.</summary>
    public const string YamlDuplicateKey = "OEC1033";

    /// <summary>A text is not one JSON value.</summary>
    public const string Json = "OEC1101";

    /// <summary>There is no value at a path.</summary>
    public const string PathNotFound = "OEC1111";

    /// <summary>A value is not of the type that was asked for.</summary>
    public const string WrongType = "OEC1112";
}
