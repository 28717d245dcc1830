using System.Globalization;
using System.Text;

namespace OneEdge.OpenNebula.Tests.Clients;

/// <summary>A pool of virtual machines in memory, which answers <c>one.vmpool.info</c> as the server does.</summary>
internal sealed class PoolRpc(IEnumerable<int> ids, bool isNewestFirst = true) : IOpenNebulaRpc
{
    /// <summary>The ids that there are.</summary>
    public SortedSet<int> Ids { get; } = [.. ids];

    public int Calls { get; private set; }

    public int LargestAnswer { get; private set; }

    /// <summary>Happens before each answer but the first.</summary>
    public Action? Between { get; set; }

    /// <summary>What each machine holds besides what it must.</summary>
    public string Body { get; set; } = "";

    public Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Assert.Equal("one.vmpool.info", call.Method);
        if (Calls++ > 0) Between?.Invoke();
        (int start, int end) = (call.Parameters[1].AsInt32(), call.Parameters[2].AsInt32());
        IEnumerable<int> list = isNewestFirst ? Ids.Reverse() : Ids;
        int[] chosen = [.. end < -1 ? list.Skip(start).Take(-end) : list.Where(id => id >= start && (end == -1 || id <= end))];
        LargestAnswer = Math.Max(LargestAnswer, chosen.Length);
        var xml = new StringBuilder("<VM_POOL>");
        foreach (int id in chosen)
            xml.Append(
                CultureInfo.InvariantCulture,
                $"<VM><ID>{id}</ID><UID>0</UID><GID>0</GID><UNAME>a</UNAME><GNAME>b</GNAME><NAME>vm-{id}</NAME><STATE>3</STATE>"
                    + $"<LCM_STATE>{id % 2 * 3}</LCM_STATE>{Body}</VM>");
        return Task.FromResult<RpcValue>(xml.Append("</VM_POOL>").ToString());
    }

    public Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
