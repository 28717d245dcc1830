using System.Collections.Immutable;

namespace OneEdge.Flow.Elasticity;

/// <summary>The values of those virtual machines of a role that run.</summary>
public sealed class VmValues : IVmValues
{
    private readonly ImmutableArray<VmAttributes> _machines;

    private VmValues(ImmutableArray<VmAttributes> machines) => _machines = machines;

    /// <summary>No machine at all.</summary>
    public static VmValues None { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _machines.Length;

    /// <summary>Takes the machines that run.</summary>
    /// <param name="machines">The machines of a role; those that are not there any more left out.</param>
    public static VmValues Of(IEnumerable<VmAttributes> machines)
    {
        ArgumentNullException.ThrowIfNull(machines);
        return new VmValues([.. machines.Where(m => m.IsRunning)]);
    }

    /// <summary>Takes the machines of a role that run.</summary>
    /// <param name="role">The role.</param>
    /// <param name="find">Finds a machine by its id; <see langword="null"/> for one that is not there.</param>
    public static VmValues Of(Role role, Func<int, VmAttributes?> find)
    {
        ArgumentNullException.ThrowIfNull(role);
        ArgumentNullException.ThrowIfNull(find);
        var running = ImmutableArray.CreateBuilder<VmAttributes>(role.Nodes.Length);
        foreach (RoleNode node in role.Nodes)
        {
            if (find(node.VmId) is { IsRunning: true } machine) running.Add(machine);
        }

        return new VmValues(running.DrainToImmutable());
    }

    /// <inheritdoc/>
    public double? Get(int machine, string name) => _machines[machine].Number(name);
}
