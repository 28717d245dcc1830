namespace OneEdge.Config;

/// <summary>The form of a patch.</summary>
public enum PatchFormat
{
    /// <summary>YAML when the first line is <c>---</c>, change lines otherwise.</summary>
    Detect,

    /// <summary>Change lines.</summary>
    Lines,

    /// <summary>The YAML document.</summary>
    Yaml,
}
