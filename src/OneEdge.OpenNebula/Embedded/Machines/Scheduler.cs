using System.Globalization;
using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>
/// Finds hosts for pending machines: one that is monitored, meets the requirements and has room; of those the one with the fewest machines; of several
/// alike one by chance. What the groups of machines say is a requirement, too. It deploys as the scheduler of the core does, by a call of its own
/// that listeners see.
/// </summary>
internal sealed class Scheduler(CloudState state)
{
    private readonly SortedSet<int> _waiting = [];
    private readonly List<CloudHost> _best = [];
    private bool _isPlanned;

    /// <summary>A machine waits for a host.</summary>
    public void Consider(CloudVm vm) => state.Actions.After(state.Options.Delays.Scheduling, () =>
    {
        if (vm.State == VmState.Pending && !TryPlace(vm)) _waiting.Add(vm.Id);
    });

    /// <summary>Hosts have more room than before, or there is one more.</summary>
    public void ConsiderAll()
    {
        if (_isPlanned || _waiting.Count == 0) return;
        _isPlanned = true;
        state.Actions.After(state.Options.Delays.Scheduling, () =>
        {
            _isPlanned = false;
            foreach (int id in _waiting.ToArray())
            {
                if (state.Vms.Pool.Find(id) is not { State: VmState.Pending } vm || TryPlace(vm)) _waiting.Remove(id);
            }
        });
    }

    /// <summary>The system datastore of a cluster with the most room.</summary>
    public CloudDatastore? DatastoreOf(int cluster) => state.Datastores.Pool.Ordered
        .Where(d => d.Type == DatastoreType.System && d.IsEnabled && d.Clusters.Contains(cluster))
        .MaxBy(d => d.FreeMegabytes);

    private bool TryPlace(CloudVm vm)
    {
        List<CloudHost> best = FindBest(vm);
        if (best.Count == 0)
        {
            Explain(vm);
            return false;
        }

        CloudHost chosen = best.Count == 1 ? best[0] : best[state.Random.Next(best.Count)];
        vm.UserTemplate = TemplateTexts.Without(vm.UserTemplate, "SCHED_MESSAGE");
        int datastore = DatastoreOf(chosen.ClusterId)?.Id ?? DatastoreArea.System;
        state.Vms.Engine.Deploy(vm, chosen, datastore);
        if (state.Events.IsObserved) PublishCall(vm, chosen, datastore);
        return true;
    }

    // With many hosts it is most of the work, from the first machine on: compiled once and well.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private List<CloudHost> FindBest(CloudVm vm)
    {
        List<CloudHost> best = _best;
        best.Clear();
        IReadOnlySet<int>? clusters = VmRequirements.Clusters(vm.Template);
        Func<CloudHost, bool>? wanted = VmRequirements.Hosts(vm.UserTemplate);
        Func<CloudHost, bool>? grouped = state.VmGroups.HostsFor(vm);
        (long memory, long cpu) = (vm.Memory, vm.Cpu);
        int fewest = int.MaxValue;
        foreach (CloudHost host in state.Hosts.Pool.Span)
        {
            int machines = host.Vms.Count;
            if (machines > fewest || !host.IsUsable || !host.HasRoomFor(memory, cpu)) continue;
            if (clusters?.Contains(host.ClusterId) == false || wanted?.Invoke(host) == false || grouped?.Invoke(host) == false) continue;
            if (machines < fewest) best.Clear();
            fewest = machines;
            best.Add(host);
        }

        return best;
    }

    private void Explain(CloudVm vm)
    {
        string why = VmRequirements.Problem(vm.UserTemplate) is { } problem ? problem : state.Hosts.Pool.Ordered.Any(h => h.IsUsable)
            ? VmRequirements.Hosts(vm.UserTemplate) is null && state.VmGroups.HostsFor(vm) is null
                ? "No host with enough capacity to deploy the VM"
                : $"No host meets capacity and SCHED_REQUIREMENTS: {vm.UserTemplate.Get(VmRequirements.Name)}"
            : "No hosts enabled to run VMs";
        string message = string.Create(CultureInfo.InvariantCulture, $"{state.Actions.Now:ddd MMM d HH:mm:ss yyyy}: Cannot dispatch VM: {why}");
        vm.UserTemplate = TemplateTexts.With(vm.UserTemplate, "SCHED_MESSAGE", message);
    }

    private void PublishCall(CloudVm vm, CloudHost host, int datastore)
    {
        const string method = "one.vm.deploy";
        if (!state.Methods.TryGet(method, out CloudMethod? deploy)) return;
        var call = new CloudCall(deploy, ["", vm.Id, host.Id, false, datastore, ""], state, -1);
        state.Events.Publish(CloudApiMessage.Topic(method, isSuccess: true), () => CloudApiMessage.Write(call, [true, vm.Id, 0]));
    }
}
