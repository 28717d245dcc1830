namespace OneEdge.Flow;

/// <summary>What an object was read as. It is set once, by who reads it, and never compared.</summary>
internal sealed class FlowMembersReading
{
    public Role? Role { get; set; }

    public Service? Service { get; set; }
}
