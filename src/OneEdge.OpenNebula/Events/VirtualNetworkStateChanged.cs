using System.Diagnostics.CodeAnalysis;

namespace OneEdge.OpenNebula;

/// <summary>A virtual network came to a state.</summary>
public sealed record VirtualNetworkStateChanged : CloudEvent
{
    private readonly LazyObject<VirtualNetwork> _object = null!;

    /// <summary>Creates an event, for programs that stand in for a cloud.</summary>
    public VirtualNetworkStateChanged()
    {
    }

    // The object is set as what it will be read from.
#pragma warning disable CS8618
    [SetsRequiredMembers]
    internal VirtualNetworkStateChanged(int id, VirtualNetworkState state, ReadOnlyMemory<byte> xml)
    {
        (Id, State) = (id, state);
        _object = new LazyObject<VirtualNetwork>(xml, static element => ModelReader.Parse<VirtualNetwork>(element, isChecked: true));
    }
#pragma warning restore CS8618

    /// <summary>The id.</summary>
    public required int Id { get; init; }

    /// <summary>The state that it came to.</summary>
    public required VirtualNetworkState State { get; init; }

    /// <summary>All of it at that moment; read from the message when it is asked for.</summary>
    /// <exception cref="OpenNebulaException">The message holds something else than a virtual network of OpenNebula.</exception>
    public required VirtualNetwork VirtualNetwork
    {
        get => _object.Value;
        init => _object = new LazyObject<VirtualNetwork>(value);
    }

    /// <summary>The id and the state.</summary>
    public override string ToString() => FormattableString.Invariant($"{nameof(VirtualNetwork)} {Id}: {State}");
}
