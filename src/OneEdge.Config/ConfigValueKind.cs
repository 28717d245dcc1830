namespace OneEdge.Config;

/// <summary>What a <see cref="ConfigValue"/> is.</summary>
public enum ConfigValueKind
{
    /// <summary>No value.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number of any size.</summary>
    Integer,

    /// <summary>A floating-point number.</summary>
    Float,

    /// <summary>Text.</summary>
    String,

    /// <summary>A Ruby symbol, written <c>:name</c> in the YAML files of OpenNebula.</summary>
    Symbol,

    /// <summary>A list of values.</summary>
    Array,

    /// <summary>Values by key, in the order of the file.</summary>
    Map,
}
