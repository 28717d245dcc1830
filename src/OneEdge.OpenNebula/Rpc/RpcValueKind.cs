namespace OneEdge.OpenNebula;

/// <summary>The types of values that OpenNebula takes and gives.</summary>
public enum RpcValueKind
{
    /// <summary>A text.</summary>
    String,

    /// <summary>A number of 32 bits, <c>i4</c> or <c>int</c>.</summary>
    Int32,

    /// <summary>A number of 64 bits, <c>i8</c>. OpenNebula refuses it where it wants an <see cref="Int32"/>.</summary>
    Int64,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>A number with a fraction.</summary>
    Double,

    /// <summary>Values in order.</summary>
    Array,

    /// <summary>Values by name.</summary>
    Struct,
}
