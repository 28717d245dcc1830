using System.Globalization;

namespace OneEdge.Fuzz;

/// <summary>The command line.</summary>
internal sealed record FuzzOptions
{
    public required string Target { get; init; }

    public long Executions { get; init; } = 100_000;

    public ulong Seed { get; init; } = 1;

    /// <summary>The number of the first execution, to go on where another run ended.</summary>
    public long Start { get; init; }

    /// <summary>After how many findings to stop.</summary>
    public int Findings { get; init; } = 1;

    /// <summary>A directory with more inputs to start from.</summary>
    public string? Corpus { get; init; }

    /// <summary>Reads the command line; <see langword="null"/> when it is none.</summary>
    public static FuzzOptions? Parse(string[] args)
    {
        if (args.Length % 2 == 0) return null;
        var options = new FuzzOptions { Target = args[0] };
        for (int i = 1; i < args.Length; i += 2)
        {
            string value = args[i + 1];
            switch (args[i])
            {
                case "--executions" when Number(value, out long count): options = options with { Executions = count }; break;
                case "--start" when Number(value, out long start): options = options with { Start = start }; break;
                case "--seed" when Number(value, out long seed): options = options with { Seed = (ulong)seed }; break;
                case "--findings" when Number(value, out long findings): options = options with { Findings = (int)findings }; break;
                case "--corpus": options = options with { Corpus = value }; break;
                default: return null;
            }
        }

        return options;
    }

    private static bool Number(string text, out long number) => long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out number);
}
