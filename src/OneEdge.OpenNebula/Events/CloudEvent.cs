namespace OneEdge.OpenNebula;

/// <summary>Something that happened in a cloud, or a gap in what is known of it. The kinds are those of this library.</summary>
public abstract record CloudEvent
{
    private protected CloudEvent()
    {
    }
}
