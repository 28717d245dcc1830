using System.Collections.Immutable;

namespace OneEdge.Flow;

/// <summary>A service: what it should be, and how it is. A value; the next one is made by <c>ServiceMachine</c>.</summary>
public sealed record Service
{
    /// <summary>The number of entries that <see cref="Log"/> has at most.</summary>
    public const int MaxLogEntries = 50;

    /// <summary>The id of its document.</summary>
    public required int Id { get; init; }

    /// <summary>The name of its document.</summary>
    public required string Name { get; init; }

    /// <summary>Whose it is; its virtual machines and networks are theirs too.</summary>
    public required ServiceOwner Owner { get; init; }

    /// <summary>What the template says.</summary>
    public required ServiceDefinition Definition { get; init; }

    /// <summary>What is wanted of it.</summary>
    public ServiceGoal Goal { get; init; }

    /// <summary>The state that follows from the goal, the roles and the networks.</summary>
    public ServiceState State { get; init; }

    /// <summary>When it was created (<c>start_time</c>).</summary>
    public DateTimeOffset StartTime { get; init; }

    /// <summary>Its roles, in the order of the document.</summary>
    public ImmutableArray<Role> Roles { get; init; } = [];

    /// <summary>Its networks, in the order of the document.</summary>
    public ImmutableArray<ServiceNetwork> Networks { get; init; } = [];

    /// <summary>What happened last, oldest first; at most <see cref="MaxLogEntries"/>.</summary>
    public ImmutableArray<ServiceLogEntry> Log { get; init; } = [];

    /// <summary>Virtual machines that say they are of this service and that no role wants. They go when the service goes. Not in the document.</summary>
    public ImmutableArray<RoleNode> Strays { get; init; } = [];

    /// <summary>Whether the deletion of its document was asked for; not in the document.</summary>
    public bool IsDeleting { get; init; }

    /// <summary>Whether all its virtual machines and networks are known; not in the document.</summary>
    public bool IsSynchronized { get; init; }

    /// <summary>The number of the last reading that was ordered; not in the document.</summary>
    public int LastReading { get; init; }

    /// <summary>
    /// The number of the reading that was ordered when nothing was left of a service that shall go, and after which its networks and its document go when
    /// it finds nothing either; <see langword="null"/> before. Not in the document.
    /// </summary>
    public int? FinalReading { get; init; }

    /// <summary>The number of the first reading from which on all is known; not in the document.</summary>
    public int NeededReading { get; init; }
}
