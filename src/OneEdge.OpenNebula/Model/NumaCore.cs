namespace OneEdge.OpenNebula;

/// <summary>A core of a NUMA node.</summary>
public sealed record NumaCore : IModel<NumaCore>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public NumaCore()
    {
    }

    private NumaCore(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("ID"u8)) Id = reader.Int32();
            else if (reader.Is("CPUS"u8)) Cpus = reader.Text();
            else if (reader.Is("DEDICATED"u8)) IsDedicated = reader.YesNo();
            else if (reader.Is("FREE"u8)) Free = reader.Int32();
            else reader.Skip();
        }
    }

    /// <summary>Its number.</summary>
    public int Id { get; init; } = -1;

    /// <summary>Its threads, each with the machine that is pinned to it: <c>0:-1,16:5</c>.</summary>
    public string Cpus { get; init; } = "";

    /// <summary>Whether one machine has it alone.</summary>
    public bool IsDedicated { get; init; }

    /// <summary>How many machines may still be pinned to it.</summary>
    public int Free { get; init; }

    static ReadOnlySpan<byte> IModel<NumaCore>.ElementName => "CORE"u8;

    static NumaCore IModel<NumaCore>.Read(ref ModelReader reader) => Read(ref reader);

    internal static NumaCore Read(ref ModelReader reader) => new(ref reader);
}
