namespace OneEdge.Storage;

/// <summary>What the parts of a check share: the image, what it stores, what was counted, what was found.</summary>
internal sealed class CheckContext
{
    public CheckContext(Qcow2Layer layer, CheckSource source, Qcow2Limits limits, OperationBudget budget, CheckMemory memory, CheckReport report)
    {
        (Budget, Header, Image, Source, Memory, Report) = (budget, layer.Header, layer.Source, source, memory, report);
        Info = layer.Info;
        Refcounts = new RefcountTable(source, Header, limits.MaxTableBytes, memory);
        Counts = new ReferenceCounts(Clusters(source, Header), Header.RefcountBits, memory);
    }

    public OperationBudget Budget { get; }

    public Qcow2Header Header { get; }

    public DiskImageInfo Info { get; }

    public string File => Info.File;

    public IBlockSource Image { get; }

    public CheckSource Source { get; }

    public CheckMemory Memory { get; }

    public CheckReport Report { get; }

    public RefcountTable Refcounts { get; }

    public ReferenceCounts Counts { get; }

    public MetadataMap Metadata { get; } = new();

    public static long Clusters(CheckSource source, Qcow2Header header) => ((source.Length - 1) >> header.ClusterBits) + 1;

    /// <summary>A guest offset as findings give it: <see langword="null"/> behind the virtual size, where the state of the machine lies.</summary>
    public long? Guest(long offset) => offset >= 0 && offset < Header.VirtualSize ? offset : null;

    /// <summary>Counts references to a part of the file.</summary>
    /// <param name="offset">Where the part begins, not negative.</param>
    /// <param name="size">Its size; nothing is counted for an empty one.</param>
    /// <param name="references">How many references.</param>
    /// <param name="name">What refers to it, for findings.</param>
    /// <param name="at">Where in the file the reference is.</param>
    /// <param name="guest">Which part of the guest it belongs to.</param>
    public void Count(long offset, long size, ulong references, string name, long? at = null, long? guest = null)
    {
        if (size <= 0 || !IsInFile(offset, size, references, name, at, guest)) return;
        long last = (offset + size - 1) >> Header.ClusterBits;
        for (long cluster = offset >> Header.ClusterBits; cluster <= last; cluster++) Count(cluster, references);
    }

    /// <summary>Counts one reference to each of several tables, which may overlap, as far as they lie in the file.</summary>
    public void Count(IEnumerable<TableRange> tables)
    {
        int bits = Header.ClusterBits;
        long limit = Source.Length + Header.ClusterSize;
        IEnumerable<TableRange> inFile = tables.Where(table => table.End < limit);
        TableRange[] clusters = [.. inFile.Select(table => new TableRange(table.Start >> bits, ((table.End - 1) >> bits) + 1))];
        foreach (TableSegment segment in TableSegment.Of(clusters))
        {
            Budget.Check();
            for (long cluster = segment.Start; cluster < segment.End; cluster++) Count(cluster, segment.Tables);
        }
    }

    /// <summary>Counts references to one cluster.</summary>
    public void Count(long cluster, ulong references)
    {
        ulong lost = Counts.Add(cluster, references);
        if (lost == 0) return;
        Report.Add(new Qcow2CheckFinding { Kind = Qcow2CheckFindingKind.RefcountOverflow, Count = (long)lost, Value = (ulong)(cluster << Header.ClusterBits) });
    }

    /// <summary>Whether a part lies within the file; its last cluster may be cut off.</summary>
    public bool IsInFile(long offset, long size, ulong references, string name, long? at, long? guest)
    {
        if (offset < Source.Length + Header.ClusterSize - size) return true;
        Report.Add(new Qcow2CheckFinding
        {
            Kind = Qcow2CheckFindingKind.ReferencePastEnd,
            Count = (long)references,
            Value = (ulong)offset,
            Name = name,
            FileOffset = at,
            GuestOffset = guest,
        });
        return false;
    }
}
