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

    /// <summary>Patch: a line has fewer than two words.</summary>
    public const string PatchLine = "OEC1201";

    /// <summary>Patch: a file is not in the catalogue, or not there.</summary>
    public const string PatchUnknownFile = "OEC1202";

    /// <summary>Patch: an action is not <c>ins</c>, <c>set</c> or <c>rm</c>.</summary>
    public const string PatchAction = "OEC1203";

    /// <summary>Patch: a path is missing.</summary>
    public const string PatchPath = "OEC1204";

    /// <summary>Patch: the YAML document is not a patch.</summary>
    public const string PatchYaml = "OEC1205";

    /// <summary>A file can't be read.</summary>
    public const string Unreadable = "OEC1206";

    /// <summary>There is no such backup.</summary>
    public const string NoBackup = "OEC1301";

    /// <summary>The directory of the lock and the journals can't be used.</summary>
    public const string State = "OEC1302";

    /// <summary>Validation: a key that may be given once is given more often.</summary>
    public const string DuplicateKey = "OEC1501";

    /// <summary>Validation: a name is not written in upper case.</summary>
    public const string Spelling = "OEC1502";

    /// <summary>Validation: a list names a section that is not there.</summary>
    public const string MissingSection = "OEC1503";

    /// <summary>Validation: a key that the stock file does not have.</summary>
    public const string UnknownKey = "OEC1504";

    /// <summary>Validation: a value of another kind than in the stock file.</summary>
    public const string TypeChange = "OEC1505";

    /// <summary>An upgrade has undecided conflicts.</summary>
    public const string UpgradeConflict = "OEC1401";

    /// <summary>A text is not one JSON value.</summary>
    public const string Json = "OEC1101";

    /// <summary>There is no value at a path.</summary>
    public const string PathNotFound = "OEC1111";

    /// <summary>A value is not of the type that was asked for.</summary>
    public const string WrongType = "OEC1112";
}
