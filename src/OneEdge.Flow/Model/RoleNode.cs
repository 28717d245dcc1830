using OneEdge.Flow.Lifecycle;

namespace OneEdge.Flow;

/// <summary>A virtual machine of a role (an element of <c>nodes</c>).</summary>
public sealed record RoleNode
{
    // Small, as there are many of these and each is copied often: seconds since 1970, which end in 2106, and one more than the reading, zero for none.
    private readonly uint _takenOnAt;
    private readonly uint _takenOnAfter;

    /// <summary>The id of the virtual machine (<c>deploy_id</c>).</summary>
    public required int VmId { get; init; }

    /// <summary>What its document tells of it, as <c>vm_info</c> has it: id, owner, group, name.</summary>
    public RoleNodeInfo? Info { get; init; }

    /// <summary>How it is, as far as the engine knows; not in the document.</summary>
    public VmCondition Condition { get; init; }

    /// <summary>Whether it said that it is ready (<c>READY = YES</c>); not in the document.</summary>
    public bool IsReady { get; init; }

    /// <summary>Whether it has been deployed: it ran, or was ready with <see cref="ServiceDefinition.ReadyStatusGate"/>.</summary>
    public bool IsDeployed { get; init; }

    /// <summary>How far its termination has gone; zero for a virtual machine that stays.</summary>
    public NodeTermination Termination { get; init; }

    /// <summary>
    /// The last reading that was ordered when the cloud took on its termination: a virtual machine that runs in a later one has come
    /// back, unless that is too soon to tell (<see cref="MachineSettings.TerminationGrace"/>). Not in the document.
    /// </summary>
    public int? TakenOnAfter
    {
        get => _takenOnAfter == 0 ? null : (int)(_takenOnAfter - 1);
        init => _takenOnAfter = value is { } reading ? (uint)reading + 1 : 0;
    }

    /// <summary>When that was, in whole seconds; not in the document.</summary>
    public DateTimeOffset TakenOnAt
    {
        get => DateTimeOffset.FromUnixTimeSeconds(_takenOnAt);
        init => _takenOnAt = (uint)Math.Clamp(value.ToUnixTimeSeconds(), 0, uint.MaxValue);
    }

    /// <summary>The role that it says it is of, when it was found and not created by this engine; not in the document.</summary>
    public string? FoundFor { get; init; }

    /// <summary>Whether its release was asked for; not in the document.</summary>
    public bool IsReleased { get; init; }

    /// <summary>What the cloud said when something was asked of it and refused.</summary>
    public string? Error { get; init; }

    /// <summary>Everything its document says of it; empty for one that is new.</summary>
    public FlowMembers Members { get; init; }

    /// <summary>Whether it is being terminated.</summary>
    public bool IsLeaving => Termination != NodeTermination.None;
}
