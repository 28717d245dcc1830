namespace OneEdge.Fuzz;

/// <summary>Something that must hold for every input does not hold.</summary>
internal sealed class OracleException(string oracle, string detail) : Exception($"{oracle}: {detail}")
{
    /// <summary>What must hold.</summary>
    public string Oracle { get; } = oracle;

    public static void Check(bool holds, string oracle, Func<string> detail)
    {
        if (!holds) throw new OracleException(oracle, detail());
    }
}
