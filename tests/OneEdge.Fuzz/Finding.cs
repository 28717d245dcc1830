namespace OneEdge.Fuzz;

/// <summary>An input for which something does not hold.</summary>
/// <param name="Execution">The number of the execution; with the seed it makes the same input again.</param>
/// <param name="Input">The input.</param>
/// <param name="Failure">What went wrong.</param>
internal sealed record Finding(long Execution, byte[] Input, Exception Failure)
{
    /// <summary>What should have held.</summary>
    public string Law => LawOf(Failure);

    public static string LawOf(Exception failure) => failure is OracleException oracle ? oracle.Oracle
        : $"only documented errors are thrown, not {failure.GetType().Name}";
}
