using OneEdge.OpenNebula.Embedded;

namespace OneEdge.OpenNebula;

/// <summary>Tells an embedded cloud what is to go wrong, and what its machines report. Disposing of what a method gives takes the rule back.</summary>
public sealed class EmbeddedCloudScript
{
    private readonly EmbeddedCloud _cloud;

    internal EmbeddedCloudScript(EmbeddedCloud cloud) => _cloud = cloud;

    private CloudState State => _cloud.State;

    /// <summary>Lets work fail.</summary>
    /// <param name="work">The work.</param>
    /// <param name="every">Each so many-th piece of the work fails; 1 each of them.</param>
    /// <param name="times">How often it fails at most; without it, for ever.</param>
    /// <param name="id">The id of the only object (VM, image...) that it is about.</param>
    /// <param name="host">The id of the only host that it is about.</param>
    public IDisposable Fail(EmbeddedWork work, int every = 1, int times = int.MaxValue, int? id = null, int? host = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        return Add(new WorkFault(work, id, host, every, times, TimeSpan.Zero));
    }

    /// <summary>Lets work take longer than the options say.</summary>
    /// <param name="work">The work.</param>
    /// <param name="time">How much longer: a hundred years at most, which is also the most of several such rules together.</param>
    /// <param name="id">The id of the only object that it is about.</param>
    /// <param name="host">The id of the only host that it is about.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or longer than a hundred years.</exception>
    public IDisposable Slow(EmbeddedWork work, TimeSpan time, int? id = null, int? host = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, FaultPlan.Longest);
        return Add(new WorkFault(work, id, host, 0, 0, time));
    }

    /// <summary>Lets calls get lost on their way.</summary>
    /// <param name="fault">Asked about each call of every user.</param>
    public IDisposable BreakCalls(Func<OpenNebulaCall, EmbeddedCallFault> fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return Listed(State.Faults.Calls, fault);
    }

    /// <summary>Lets messages of the hook manager get lost.</summary>
    /// <param name="drops">
    /// Asked about the topic of each message, such as <c>EVENT API one.vm.deploy 1</c>, while the cloud changes: it may neither call the cloud nor throw.
    /// </param>
    public IDisposable DropEvents(Func<string, bool> drops)
    {
        ArgumentNullException.ThrowIfNull(drops);
        return Listed(State.Faults.Drops, drops);
    }

    /// <summary>Stops a host as if its power failed: it goes to ERROR, and its running VMs to UNKNOWN.</summary>
    /// <param name="host">The id of the host.</param>
    /// <exception cref="ArgumentException">There is no such host.</exception>
    public void StopHost(int host) => WithHost(host, State.Hosts.Stop);

    /// <summary>Starts a host again: it is monitored, and its unknown VMs are seen to run.</summary>
    /// <param name="host">The id of the host.</param>
    /// <exception cref="ArgumentException">There is no such host.</exception>
    public void StartHost(int host) => WithHost(host, State.Hosts.Start);

    /// <summary>Lets a VM report values in its monitoring.</summary>
    /// <param name="vm">The id of the VM.</param>
    /// <param name="values">The values by name, such as <c>CPU</c>; those that are not named stay as they are.</param>
    /// <exception cref="ArgumentException">There is no such VM.</exception>
    public void SetMonitoring(int vm, params ReadOnlySpan<(string Name, string Value)> values)
    {
        (string, string)[] given = values.ToArray();
        _cloud.Run(() =>
        {
            if (!State.Vms.Pool.TryGet(vm, out CloudVm? found)) throw new ArgumentException($"There is no VM {vm}.", nameof(vm));
            State.Vms.Report(found, given);
            return true;
        });
    }

    private void WithHost(int id, Action<CloudHost> action) => _cloud.Run(() =>
    {
        if (!State.Hosts.Pool.TryGet(id, out CloudHost? host)) throw new ArgumentException($"There is no host {id}.", nameof(id));
        action(host);
        return true;
    });

    private Undo Add(WorkFault fault)
    {
        _cloud.Run(() =>
        {
            State.Faults.Add(fault);
            return true;
        });
        return new Undo(_cloud, () => State.Faults.Remove(fault));
    }

    private Undo Listed<T>(List<T> list, T rule)
    {
        _cloud.Run(() =>
        {
            list.Add(rule);
            return true;
        });
        return new Undo(_cloud, () => list.Remove(rule));
    }

    private sealed class Undo(EmbeddedCloud cloud, Action action) : IDisposable
    {
        private bool _isDone;

        public void Dispose() => cloud.Run(
            () =>
            {
                // Twice would take back a rule that somebody else gave in the same words.
                if (!_isDone) action();
                return _isDone = true;
            },
            evenAfterEnd: true);
    }
}
