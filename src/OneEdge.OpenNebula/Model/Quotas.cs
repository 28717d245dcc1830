namespace OneEdge.OpenNebula;

/// <summary>What a user or a group may use, and what is used: for each kind of resource a template of limits, with <c>_USED</c> names for the use.</summary>
public sealed record Quotas
{
    private LazyTemplate _datastores;
    private LazyTemplate _networks;
    private LazyTemplate _virtualMachines;
    private LazyTemplate _images;

    /// <summary>Vectors <c>DATASTORE</c>: the images and their size in a datastore.</summary>
    public StoredTemplate Datastores
    {
        get => _datastores.Get();
        init => _datastores = new LazyTemplate(value);
    }

    /// <summary>Vectors <c>NETWORK</c>: the addresses of a network.</summary>
    public StoredTemplate Networks
    {
        get => _networks.Get();
        init => _networks = new LazyTemplate(value);
    }

    /// <summary>Vectors <c>VM</c>: number, processors, memory and disks of virtual machines.</summary>
    public StoredTemplate VirtualMachines
    {
        get => _virtualMachines.Get();
        init => _virtualMachines = new LazyTemplate(value);
    }

    /// <summary>Vectors <c>IMAGE</c>: the machines that use an image.</summary>
    public StoredTemplate Images
    {
        get => _images.Get();
        init => _images = new LazyTemplate(value);
    }

    /// <summary>Reads an element of a user or a group if it is a part of its quotas.</summary>
    internal static bool TryRead(ref ModelReader reader, ref Quotas? quotas)
    {
        if (!reader.Name.EndsWith("_QUOTA"u8)) return false;
        quotas ??= new Quotas();
        if (reader.Is("DATASTORE_QUOTA"u8)) quotas._datastores = new LazyTemplate(reader.Part());
        else if (reader.Is("NETWORK_QUOTA"u8)) quotas._networks = new LazyTemplate(reader.Part());
        else if (reader.Is("VM_QUOTA"u8)) quotas._virtualMachines = new LazyTemplate(reader.Part());
        else if (reader.Is("IMAGE_QUOTA"u8)) quotas._images = new LazyTemplate(reader.Part());
        else reader.Skip();
        return true;
    }

    /// <summary>Reads an element that stands in a pool behind its owner.</summary>
    /// <returns>The quotas; <see langword="null"/> when the element is another one, or the quotas are those of another owner.</returns>
    internal static Quotas? ReadBehind(int ownerId, ref ModelReader reader)
    {
        if (reader.Is("QUOTAS"u8)) return ReadOfPool(ref reader) is var (id, quotas) && id == ownerId ? quotas : null;
        reader.Skip();
        return null;
    }

    /// <summary>Reads the element <c>QUOTAS</c> that stands in a pool behind its owner, or one of default quotas.</summary>
    internal static (int Id, Quotas Quotas) ReadOfPool(ref ModelReader reader)
    {
        int id = -1;
        Quotas? quotas = null;
        while (reader.Next())
        {
            if (reader.Is("ID"u8)) id = reader.Int32();
            else if (!TryRead(ref reader, ref quotas)) reader.Skip();
        }

        return (id, quotas ?? new Quotas());
    }

    /// <summary>Reads a document of default quotas, whatever its root.</summary>
    internal static Quotas Parse(ReadOnlyMemory<byte> xml, bool isChecked)
    {
        var reader = new ModelReader(xml, isChecked);
        return reader.ReadDocument(static (ref ModelReader r) => ReadOfPool(ref r).Quotas);
    }
}
