using System.Globalization;
using BenchmarkDotNet.Attributes;
using OneEdge.Flow;
using OneEdge.Flow.Elasticity;
using OneEdge.OpenNebula;

namespace OneEdge.Benchmarks;

/// <summary>What a round of the autoscaler is made of: expressions over 100 virtual machines, decisions for 1,000 roles of one machine each.</summary>
[MemoryDiagnoser]
public class FlowElasticityBenchmarks
{
    private const string Text = "CPU > 80 & (MEMORY > 1048576 | QUEUE >= 12.5) & !(LOAD < 0.5)";
    private const int Machines = 100;
    private const int Roles = 1000;
    private static readonly DateTimeOffset Now = new(2026, 6, 8, 12, 0, 0, TimeSpan.Zero);

    private readonly ElasticityExpression _expression = ElasticityExpression.Parse(Text);
    private readonly AutoscalerSettings _settings = new();
    private readonly VmStatistic _percentile = VmStatistic.Percentile(95);
    private VirtualMachine[] _machines = [];
    private VmValues _values = VmValues.None;
    private VmValues _one = VmValues.None;
    private Role[] _roles = [];

    [GlobalSetup]
    public void Setup()
    {
        _machines = [.. Enumerable.Range(0, Machines).Select(Machine)];
        _values = VmValues.Of(_machines.Select(m => new VmAttributes(m)));
        _one = VmValues.Of(_machines.Take(1).Select(m => new VmAttributes(m)));
        _roles = [.. Enumerable.Range(0, Roles).Select(RoleOf)];
    }

    [Benchmark]
    public ElasticityExpression Parse() => ElasticityExpression.Parse(Text);

    [Benchmark(Baseline = true)]
    public bool EvaluateAverage() => _expression.Evaluate(_values);

    [Benchmark]
    public bool EvaluatePercentile() => _expression.Evaluate(_values, _percentile);

    [Benchmark]
    public string EvaluateWithText()
    {
        _expression.Evaluate(_values, default, out string text);
        return text;
    }

    /// <summary>From the XML of machines to a value: their templates are read.</summary>
    [Benchmark]
    public bool ReadAndEvaluate() => _expression.Evaluate(VmValues.Of(_machines.Select(m => new VmAttributes(VirtualMachine.Parse(m.Xml)))));

    [Benchmark]
    public int DecideForRoles()
    {
        int scaled = 0;
        foreach (Role role in _roles)
        {
            if (Autoscaler.Decide(role, _one, Now, _settings).Difference != 0) scaled++;
        }

        return scaled;
    }

    private static Role RoleOf(int number) => new()
    {
        Cardinality = 1,
        Definition = new RoleDefinition { Name = string.Create(CultureInfo.InvariantCulture, $"r{number}"), VmTemplate = 0, MinVms = 1, MaxVms = 5 },
        ElasticityPolicies =
        [
            new() { Type = AdjustmentType.Change, Adjust = 1, Expression = Text, PeriodNumber = 3 },
            new() { Type = AdjustmentType.PercentageChange, Adjust = -10, Expression = "CPU < 10", Period = 60 },
        ],
        ScheduledPolicies =
        [
            new() { Type = AdjustmentType.Cardinality, Adjust = 4, Recurrence = "0 8 * * mon-fri", LastEvaluation = Now.AddSeconds(-90) },
        ],
    };

    private static VirtualMachine Machine(int number) => VirtualMachine.ParseXml(string.Create(CultureInfo.InvariantCulture, $"""
        <VM><ID>{number}</ID><UID>0</UID><GID>0</GID><NAME>web_{number}</NAME><STATE>3</STATE><LCM_STATE>3</LCM_STATE>
        <MONITORING><CPU>{number % 100}.5</CPU><DISKRDBYTES>1</DISKRDBYTES>
        <MEMORY>{1000000 + number}</MEMORY><NETRX>5</NETRX><TIMESTAMP>1700000000</TIMESTAMP></MONITORING>
        <TEMPLATE><CPU>1</CPU><MEMORY>1024</MEMORY><NIC><IP>10.0.0.1</IP><NETWORK_ID>0</NETWORK_ID></NIC><VCPU>2</VCPU></TEMPLATE>
        <USER_TEMPLATE><LOAD>0.{number % 10}</LOAD><QUEUE>{number}</QUEUE><ROLE_NAME>web</ROLE_NAME><SERVICE_ID>7</SERVICE_ID></USER_TEMPLATE></VM>
        """));
}
