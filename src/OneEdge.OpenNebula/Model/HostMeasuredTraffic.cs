namespace OneEdge.OpenNebula;

/// <summary>The network traffic of a host.</summary>
public sealed record HostMeasuredTraffic : IModel<HostMeasuredTraffic>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public HostMeasuredTraffic()
    {
    }

    private HostMeasuredTraffic(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("NETRX"u8)) ReceivedBytes = reader.Double();
            else if (reader.Is("NETTX"u8)) SentBytes = reader.Double();
            else reader.Skip();
        }
    }

    /// <summary>Bytes received.</summary>
    public double ReceivedBytes { get; init; }

    /// <summary>Bytes sent.</summary>
    public double SentBytes { get; init; }

    static ReadOnlySpan<byte> IModel<HostMeasuredTraffic>.ElementName => "SYSTEM"u8;

    static HostMeasuredTraffic IModel<HostMeasuredTraffic>.Read(ref ModelReader reader) => Read(ref reader);

    internal static HostMeasuredTraffic Read(ref ModelReader reader) => new(ref reader);
}
