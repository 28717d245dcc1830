namespace OneEdge.Storage;

/// <summary>Gathers what a check finds. Everything is counted; as much as the limits allow is kept.</summary>
internal sealed class CheckReport(int maxItems, CheckMemory memory)
{
    private const int FindingBytes = 136;
    private readonly List<Qcow2CheckFinding> _findings = [];
    private long _corruptions, _leaks, _checkErrors, _count;
    private bool _isFull;

    public long AllocatedClusters { get; set; }

    public long FragmentedClusters { get; set; }

    public long CompressedClusters { get; set; }

    public long ImageEndOffset { get; set; }

    public void Add(Qcow2CheckFinding finding)
    {
        switch (finding.Effect)
        {
            case Qcow2CheckEffect.Leak: _leaks += finding.Count; break;
            case Qcow2CheckEffect.Corruption: _corruptions += finding.Count; break;
            default: _checkErrors += finding.Count; break;
        }

        _count++;
        // Once one is not kept, none is: what is kept has no gaps.
        _isFull = _isFull || _findings.Count >= maxItems || !memory.TryTake(FindingBytes);
        if (!_isFull) _findings.Add(finding);
    }

    public Qcow2CheckResult Result(string file, long totalClusters) => new()
    {
        File = file,
        TotalClusters = totalClusters,
        AllocatedClusters = AllocatedClusters,
        FragmentedClusters = FragmentedClusters,
        CompressedClusters = CompressedClusters,
        ImageEndOffset = ImageEndOffset,
        Corruptions = _corruptions,
        Leaks = _leaks,
        CheckErrors = _checkErrors,
        Findings = _findings,
        FindingCount = _count,
    };
}
