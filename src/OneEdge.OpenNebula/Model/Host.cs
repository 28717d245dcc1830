namespace OneEdge.OpenNebula;

/// <summary>A host.</summary>
public sealed record Host : OpenNebulaObject, IModel<Host>
{
    private LazyPart<HostMonitoring> _monitoring;

    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public Host()
    {
    }

    private Host(ref ModelReader reader)
    {
        int start = reader.Begin();
        bool hasState = false;
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("STATE"u8)) (hasState, State) = (true, (HostState)reader.Int32());
            else if (reader.Is("PREV_STATE"u8)) PreviousState = (HostState)reader.Int32();
            else if (reader.Is("IM_MAD"u8)) InformationDriver = reader.SharedText();
            else if (reader.Is("VM_MAD"u8)) VmDriver = reader.SharedText();
            else if (reader.Is("CLUSTER_ID"u8)) ClusterId = reader.Int32();
            else if (reader.Is("CLUSTER"u8)) ClusterName = reader.SharedText();
            else if (reader.Is("HOST_SHARE"u8)) Capacity = HostCapacity.Read(ref reader);
            else if (reader.Is("VMS"u8)) VirtualMachineIds = reader.Ids();
            else if (reader.Is("MONITORING"u8)) _monitoring = new LazyPart<HostMonitoring>(reader.Part());
            else reader.Skip();
        }

        if (!hasState) throw reader.Invalid("an object without a STATE");
        Raw = Complete(ref reader, start);
    }

    /// <summary>The state.</summary>
    public HostState State { get; init; }

    /// <summary>The state before.</summary>
    public HostState? PreviousState { get; init; }

    /// <summary>The driver that monitors it.</summary>
    public string InformationDriver { get; init; } = "";

    /// <summary>The driver of its hypervisor.</summary>
    public string VmDriver { get; init; } = "";

    /// <summary>The id of its cluster.</summary>
    public int ClusterId { get; init; } = -1;

    /// <summary>The name of its cluster.</summary>
    public string ClusterName { get; init; } = "";

    /// <summary>What it has, and what is given away.</summary>
    public HostCapacity? Capacity { get; init; }

    /// <summary>The machines on it.</summary>
    public IReadOnlyList<int> VirtualMachineIds { get; init; } = ModelList<int>.Empty;

    /// <summary>What was measured last; without a time when nothing was, and in pools.</summary>
    public HostMonitoring? Monitoring
    {
        get => _monitoring.Get();
        init => _monitoring = new LazyPart<HostMonitoring>(value);
    }

    /// <summary>What went wrong last, as OpenNebula notes it in <c>TEMPLATE/ERROR</c>.</summary>
    public string? Error => TemplateValue("ERROR");

    static ReadOnlySpan<byte> IModel<Host>.ElementName => "HOST"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>HOST</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Host Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<Host>(xml);

    /// <summary>Reads an element of an answer: <c>HOST</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Host ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static Host IModel<Host>.Read(ref ModelReader reader) => Read(ref reader);

    internal static Host Read(ref ModelReader reader) => new(ref reader);
}
