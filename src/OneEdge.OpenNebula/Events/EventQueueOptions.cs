namespace OneEdge.OpenNebula;

/// <summary>How much may wait for one who watches, before it is left out and a gap stands in its place.</summary>
public sealed record EventQueueOptions
{
    /// <summary>How many events may wait.</summary>
    /// <value>8192</value>
    public int Capacity
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 8192;

    /// <summary>How many bytes of messages may wait.</summary>
    /// <value>64 MiB</value>
    public long MaxBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 64 << 20;
}
