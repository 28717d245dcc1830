using System.Diagnostics.CodeAnalysis;

namespace OneEdge.OpenNebula;

/// <summary>An image came to a state.</summary>
public sealed record ImageStateChanged : CloudEvent
{
    private readonly LazyObject<Image> _object = null!;

    /// <summary>Creates an event, for programs that stand in for a cloud.</summary>
    public ImageStateChanged()
    {
    }

    // The object is set as what it will be read from.
#pragma warning disable CS8618
    [SetsRequiredMembers]
    internal ImageStateChanged(int id, ImageState state, ReadOnlyMemory<byte> xml)
    {
        (Id, State) = (id, state);
        _object = new LazyObject<Image>(xml, static element => ModelReader.Parse<Image>(element, isChecked: true));
    }
#pragma warning restore CS8618

    /// <summary>The id.</summary>
    public required int Id { get; init; }

    /// <summary>The state that it came to.</summary>
    public required ImageState State { get; init; }

    /// <summary>All of it at that moment; read from the message when it is asked for.</summary>
    /// <exception cref="OpenNebulaException">The message holds something else than an image of OpenNebula.</exception>
    public required Image Image
    {
        get => _object.Value;
        init => _object = new LazyObject<Image>(value);
    }

    /// <summary>The id and the state.</summary>
    public override string ToString() => FormattableString.Invariant($"{nameof(Image)} {Id}: {State}");
}
