namespace OneEdge.OpenNebula;

/// <summary>The backups of a virtual machine.</summary>
public sealed record VmBackups : IModel<VmBackups>
{
    private LazyTemplate _configuration;

    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public VmBackups()
    {
    }

    private VmBackups(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("BACKUP_CONFIG"u8)) _configuration = new LazyTemplate(reader.Part());
            else if (reader.Is("BACKUP_IDS"u8)) ImageIds = reader.Ids();
            else reader.Skip();
        }
    }

    /// <summary>How it is backed up, and what was backed up last.</summary>
    public StoredTemplate Configuration
    {
        get => _configuration.Get();
        init => _configuration = new LazyTemplate(value);
    }

    /// <summary>The images that hold its backups.</summary>
    public IReadOnlyList<int> ImageIds { get; init; } = ModelList<int>.Empty;

    static ReadOnlySpan<byte> IModel<VmBackups>.ElementName => "BACKUPS"u8;

    static VmBackups IModel<VmBackups>.Read(ref ModelReader reader) => Read(ref reader);

    internal static VmBackups Read(ref ModelReader reader) => new(ref reader);
}
