namespace OneEdge.Comparison.Flow;

/// <summary>What a document says of a role.</summary>
/// <param name="State">The number of its state.</param>
/// <param name="Machines">Its virtual machines.</param>
internal sealed record FlowRole(int State, IReadOnlyList<int> Machines)
{
    public const int Running = 2;
    public const int Warning = 4;
    public const int Cooldown = 10;

    /// <summary>Whether it is done with being scaled to a number.</summary>
    public bool Has(int cardinality) => State is Running or Cooldown && Machines.Count == cardinality;
}
