namespace OneEdge.Flow.Elasticity;

/// <summary>What the virtual machines of a role say, for expressions.</summary>
public interface IVmValues
{
    /// <summary>The number of virtual machines that count: those that run.</summary>
    int Count { get; }

    /// <summary>A number that a virtual machine has.</summary>
    /// <param name="machine">Which machine, from 0.</param>
    /// <param name="name">The name of the attribute in upper case.</param>
    /// <returns>The number; <see langword="null"/> when the machine does not have it.</returns>
    double? Get(int machine, string name);
}
