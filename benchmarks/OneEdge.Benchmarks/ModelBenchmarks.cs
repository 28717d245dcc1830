using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using OneEdge.OpenNebula;

namespace OneEdge.Benchmarks;

/// <summary>
/// From the bytes of an answer, with the escapes of its outer XML, to typed objects: a pool of 10,000 virtual machines, 15.3 MB of inner XML. The
/// copy of the bytes is part of every figure: reading takes them over, as those of a call.
/// </summary>
[MemoryDiagnoser]
public class ModelPoolBenchmarks
{
    private const int Machines = 10_000;
    private byte[] _body = [];

    [GlobalSetup]
    public void Setup()
    {
        var pool = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<methodResponse>\r\n<params>\r\n<param><value><array><data>\r\n<value><boolean>1</boolean></value>\r\n<value><string>&lt;VM_POOL&gt;");
        for (int i = 0; i < Machines; i++)
        {
            string machine = RpcBenchmarkData.Machine.Replace("<ID>5</ID>", string.Create(CultureInfo.InvariantCulture, $"<ID>{i}</ID>"), StringComparison.Ordinal);
            pool.Append(machine.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal));
        }

        pool.Append("&lt;/VM_POOL&gt;</string></value>\r\n<value><i4>0</i4></value>\r\n</data></array></value></param>\r\n</params>\r\n</methodResponse>\r\n");
        _body = Encoding.UTF8.GetBytes(pool.ToString());
    }

    /// <summary>Objects with all their fields; templates are kept for later.</summary>
    [Benchmark(Baseline = true)]
    public int Objects() => Read().Count;

    /// <summary>What the original's figure is about: id, name, state and memory of each.</summary>
    [Benchmark]
    public long IdNameStateMemory()
    {
        long sum = 0;
        foreach (VirtualMachine machine in Read()) sum += machine.Id + machine.Name.Length + (int)machine.State + (machine.MemoryMb ?? 0);
        return sum;
    }

    /// <summary>Every field, both templates to the last attribute, the measurements and the backups.</summary>
    [Benchmark]
    public long EveryFieldAndTemplate()
    {
        long sum = 0;
        foreach (VirtualMachine machine in Read())
            sum += machine.Template.Count + machine.UserTemplate.Count + machine.History.Count + (machine.Monitoring is null ? 0 : 1) + (machine.Backups?.ImageIds.Count ?? 0);
        return sum;
    }

    private List<VirtualMachine> Read()
    {
        byte[] copy = GC.AllocateUninitializedArray<byte>(_body.Length);
        _body.CopyTo(copy, 0);
        RpcValue pool = RpcAnswerReader.Read(copy, copy.Length).Value.AsArray()[1];
        return ModelReader.ParsePool<VirtualMachine>(pool.Utf8Memory, isChecked: true);
    }
}
