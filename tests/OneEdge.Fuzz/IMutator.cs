namespace OneEdge.Fuzz;

/// <summary>Makes inputs.</summary>
internal interface IMutator
{
    /// <summary>An input that depends on the random numbers and the corpus alone.</summary>
    byte[] Next(Chance chance);
}
