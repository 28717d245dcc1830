using System.Diagnostics.CodeAnalysis;

namespace OneEdge.OpenNebula;

/// <summary>A virtual machine came to a state.</summary>
public sealed record VmStateChanged : CloudEvent
{
    private readonly LazyObject<VirtualMachine> _object = null!;

    /// <summary>Creates an event, for programs that stand in for a cloud.</summary>
    public VmStateChanged()
    {
    }

    // The object is set as what it will be read from.
#pragma warning disable CS8618
    [SetsRequiredMembers]
    internal VmStateChanged(int id, VmState state, LcmState lcmState, ReadOnlyMemory<byte> xml)
    {
        (Id, State, LcmState) = (id, state, lcmState);
        _object = new LazyObject<VirtualMachine>(xml, static element => ModelReader.Parse<VirtualMachine>(element, isChecked: true));
    }
#pragma warning restore CS8618

    /// <summary>The id.</summary>
    public required int Id { get; init; }

    /// <summary>The state that it came to.</summary>
    public required VmState State { get; init; }

    /// <summary>What it does while it is active.</summary>
    public required LcmState LcmState { get; init; }

    /// <summary>Whether it runs: active, and running.</summary>
    public bool IsRunning => State == VmState.Active && LcmState == LcmState.Running;

    /// <summary>
    /// The service that the machine says it belongs to; <see langword="null"/> when it names none, or something else than a number. Whoever may
    /// change a machine may write any number there.
    /// </summary>
    public int? ServiceId { get; init; }

    /// <summary>The host that it is on or was on last; <see langword="null"/> when it was never deployed.</summary>
    public string? RemoteHost { get; init; }

    /// <summary>All of it at that moment; read from the message when it is asked for.</summary>
    /// <exception cref="OpenNebulaException">The message holds something else than a virtual machine of OpenNebula.</exception>
    public required VirtualMachine VirtualMachine
    {
        get => _object.Value;
        init => _object = new LazyObject<VirtualMachine>(value);
    }

    /// <summary>The id and the states.</summary>
    public override string ToString() => FormattableString.Invariant($"{nameof(VirtualMachine)} {Id}: {State}/{LcmState}");
}
