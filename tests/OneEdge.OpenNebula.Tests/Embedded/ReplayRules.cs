using System.Text.RegularExpressions;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>What is not compared, each with its reason.</summary>
internal static partial class ReplayRules
{
    private static readonly (string Reason, Regex What, string Instead)[] All =
    [
        ("times are those of the day", Time(), "TIME"),
        ("hashes, tokens and keys are by chance or secret", Hash(), "HASH"),
        ("so are the numbers of machines for their firmware", Uuid(), "UUID"),
        ("calls are numbered by whoever else calls", RequestId(), "REQUEST"),
        ("another key gives another text of the same length", Sealed(), "SEALED"),
        ("the grammar of the core explains itself in the words of its generator", Parse(), "Parse error: syntax error"),
        ("the dummy driver makes hardware up", Hardware(), ""),
        ("and what it measures", Measured(), ""),
        ("times in texts are those of the day, too", TextTime(), "TIME"),
        ("names of files are by chance", FileName(), "FILE"),
        ("where the server is installed", Location(), "BASE/"),
        ("how large its disk is", Disk(), "DISK"),
        ("what a hook got is the XML of its event", Arguments(), "ARGUMENTS"),
    ];

    public static string Apply(string text) => All.Aggregate(text, (t, rule) => rule.What.Replace(t, rule.Instead));

    [GeneratedRegex(@"\b1[78]\d{8}\b", RegexOptions.None, 1_000)]
    private static partial Regex Time();

    [GeneratedRegex(@"\b[0-9a-f]{64}\b", RegexOptions.None, 1_000)]
    private static partial Regex Hash();

    [GeneratedRegex(@"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", RegexOptions.None, 1_000)]
    private static partial Regex Uuid();

    [GeneratedRegex(@"(?<=<(?:REQ_ID|REQUEST_ID)>)\d+", RegexOptions.None, 1_000)]
    private static partial Regex RequestId();

    [GeneratedRegex(@"(?<=<(?:PROVISION_BODY|EC2_SECRET)><!\[CDATA\[)[A-Za-z0-9+/]+={0,2}(?=\]\])", RegexOptions.None, 1_000)]
    private static partial Regex Sealed();

    [GeneratedRegex(@"Parse error: syntax error.*?(?=, 8192)", RegexOptions.Singleline, 1_000)]
    private static partial Regex Parse();

    [GeneratedRegex(
        @"(?<=<PCI_DEVICES>).*?(?=</PCI_DEVICES>)|(?<=<NUMA_NODES>).*?(?=</NUMA_NODES>)|<KVM_CPU_(?<rest>\w+)>.*?</KVM_CPU_\k<rest>>",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Hardware();

    [GeneratedRegex(@"<MONITORING>.*?</MONITORING>|<MONITORING/>|<LAST_POLL>.*?</LAST_POLL>", RegexOptions.Singleline, 1_000)]
    private static partial Regex Measured();

    [GeneratedRegex(@"\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d 2026", RegexOptions.None, 1_000)]
    private static partial Regex TextTime();

    [GeneratedRegex(@"\b[0-9a-f]{32}\b", RegexOptions.None, 1_000)]
    private static partial Regex FileName();

    [GeneratedRegex(@"\$LAB/one/var//datastores/|/var/lib/one//datastores/", RegexOptions.None, 1_000)]
    private static partial Regex Location();

    [GeneratedRegex(@"<TOTAL_MB>(?:258020|102400)</TOTAL_MB><FREE_MB>\d+</FREE_MB><USED_MB>\d+</USED_MB>", RegexOptions.None, 1_000)]
    private static partial Regex Disk();

    [GeneratedRegex(@"[A-Za-z0-9+/]{200,}={0,2}", RegexOptions.None, 1_000)]
    private static partial Regex Arguments();
}
