namespace OneEdge.Config;

/// <summary>The findings of reading a patch, up to a number that people can read; the last one says how many more there are.</summary>
internal sealed class FindingList
{
    private const int MaxFindings = 1000;
    private readonly List<Diagnostic> _findings = [];
    private int _unlisted;

    public int Count => _findings.Count;

    public void Add(Diagnostic finding)
    {
        if (_findings.Count < MaxFindings) _findings.Add(finding);
        else _unlisted++;
    }

    public IReadOnlyList<Diagnostic> ToList() => _unlisted > 0 ? [.. _findings, PatchFindings.More(_unlisted)] : _findings;
}
