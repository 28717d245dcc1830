using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OneEdge.Flow.Engine;

/// <summary>
/// The states of a service for one who watches it. Who is slow delays nobody: states in between are left out, and what they differ in is told at once.
/// </summary>
internal sealed class ServiceWatch(ServiceHost host) : IDisposable
{
    private const int Capacity = 1024;

    private readonly Channel<Service> _states = Channel.CreateBounded<Service>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public IAsyncEnumerable<Service> ReadAsync(CancellationToken cancellationToken) => _states.Reader.ReadAllAsync(cancellationToken);

    public void Add(Service service) => _states.Writer.TryWrite(service);

    public void End(Exception? error) => _states.Writer.TryComplete(error);

    public void Dispose() => host.Unwatch(this);

    /// <summary>What changed from state to state.</summary>
    public async IAsyncEnumerable<ServiceNotification> NotificationsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Service? before = null;
        await foreach (Service service in ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (ServiceNotification notification in Compare(before, service)) yield return notification;
            before = service;
        }

        yield return new ServiceGoneNotification(host.Service.Id);
    }

    private static IEnumerable<ServiceNotification> Compare(Service? before, Service after)
    {
        int id = after.Id;
        foreach (ServiceLogEntry entry in NewEntries(before, after)) yield return new ServiceLogNotification(id, entry);
        foreach (Role role in after.Roles)
        {
            Role? old = before?.Roles.FirstOrDefault(r => r.Name == role.Name);
            if (ReferenceEquals(old, role)) continue;
            if (old?.State != role.State) yield return new RoleStateNotification(id, role.Name, role.State);
            foreach (RoleNode node in Without(role, old)) yield return new VmAddedNotification(id, role.Name, node.VmId);
            foreach (RoleNode node in OtherConditions(role, old)) yield return new VmConditionNotification(id, role.Name, node.VmId, node.Condition);
        }

        foreach (Role old in before?.Roles ?? [])
        {
            Role? role = after.Roles.FirstOrDefault(r => r.Name == old.Name);
            foreach (RoleNode node in Without(old, role)) yield return new VmRemovedNotification(id, old.Name, node.VmId);
        }

        if (before?.State != after.State) yield return new ServiceStateNotification(id, after.State);
    }

    private static IEnumerable<RoleNode> Without(Role role, Role? other) =>
        other is null ? role.Nodes : other.Nodes == role.Nodes ? [] : role.Nodes.Where(n => !other.Nodes.Any(o => o.VmId == n.VmId));

    // What was not seen yet says nothing.
    private static IEnumerable<RoleNode> OtherConditions(Role role, Role? other)
    {
        if (other?.Nodes == role.Nodes) return [];
        var before = other?.Nodes.ToDictionary(n => n.VmId, n => n.Condition);
        return role.Nodes.Where(n => n.Condition != (before?.GetValueOrDefault(n.VmId, VmCondition.Unseen) ?? VmCondition.Unseen));
    }

    // The log is full after a while: what is new comes after the last entry that is known.
    private static IEnumerable<ServiceLogEntry> NewEntries(Service? before, Service after)
    {
        if (before is null || before.Log == after.Log) return [];
        if (before.Log.IsEmpty) return after.Log;
        for (int i = after.Log.Length - 1; i >= 0; i--)
        {
            if (ReferenceEquals(after.Log[i], before.Log[^1])) return after.Log.Skip(i + 1);
        }

        return after.Log;
    }
}
