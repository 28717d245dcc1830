using System.Diagnostics.CodeAnalysis;

namespace OneEdge.OpenNebula;

/// <summary>A host came to a state.</summary>
public sealed record HostStateChanged : CloudEvent
{
    private readonly LazyObject<Host> _object = null!;

    /// <summary>Creates an event, for programs that stand in for a cloud.</summary>
    public HostStateChanged()
    {
    }

    // The object is set as what it will be read from.
#pragma warning disable CS8618
    [SetsRequiredMembers]
    internal HostStateChanged(int id, HostState state, ReadOnlyMemory<byte> xml)
    {
        (Id, State) = (id, state);
        _object = new LazyObject<Host>(xml, static element => ModelReader.Parse<Host>(element, isChecked: true));
    }
#pragma warning restore CS8618

    /// <summary>The id.</summary>
    public required int Id { get; init; }

    /// <summary>The state that it came to.</summary>
    public required HostState State { get; init; }

    /// <summary>All of it at that moment; read from the message when it is asked for.</summary>
    /// <exception cref="OpenNebulaException">The message holds something else than a host of OpenNebula.</exception>
    public required Host Host
    {
        get => _object.Value;
        init => _object = new LazyObject<Host>(value);
    }

    /// <summary>The id and the state.</summary>
    public override string ToString() => FormattableString.Invariant($"{nameof(Host)} {Id}: {State}");
}
