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

    /// <summary>Whether inputs are guided by the branches they reach.</summary>
    public bool HasCoverage { get; init; }

    /// <summary>After how many seconds a run with coverage stops.</summary>
    public long Seconds { get; init; } = long.MaxValue;

    /// <summary>How many processes run with coverage at once; each has the next seed.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>A directory for the inputs of findings; <see langword="null"/> to print them.</summary>
    public string? Save { get; init; }

    /// <summary>A saved input, to execute it alone.</summary>
    public string? Input { get; init; }

    /// <summary>Reads the command line; <see langword="null"/> when it is none.</summary>
    public static FuzzOptions? Parse(string[] args)
    {
        if (args.Length == 0) return null;
        var options = new FuzzOptions { Target = args[0] };
        for (int i = 1; i < args.Length; i++)
        {
            if (args[i] == "--coverage") options = options with { HasCoverage = true };
            else if (i + 1 < args.Length && options.With(args[i], args[++i]) is { } changed) options = changed;
            else return null;
        }

        return options;
    }

    /// <summary>The command line of one job, which is the same for what else it has.</summary>
    public IEnumerable<string> ToArguments(int job)
    {
        yield return Target;
        yield return "--coverage";
        foreach ((string name, object? value) in new (string, object?)[]
        {
            ("--executions", Executions), ("--seed", (long)Seed + job), ("--start", Start), ("--findings", Findings), ("--seconds", Seconds),
            ("--corpus", Corpus),
            ("--save", Save is null || Jobs == 1 ? Save : Path.Combine(Save, job.ToString(CultureInfo.InvariantCulture))),
        })
        {
            if (value is null) continue;
            yield return name;
            yield return Convert.ToString(value, CultureInfo.InvariantCulture)!;
        }
    }

    private FuzzOptions? With(string name, string value) => name switch
    {
        "--executions" when Number(value, out long count) => this with { Executions = count },
        "--start" when Number(value, out long start) => this with { Start = start },
        "--seed" when Number(value, out long seed) => this with { Seed = (ulong)seed },
        "--findings" when Number(value, out long findings) => this with { Findings = (int)findings },
        "--seconds" when Number(value, out long seconds) => this with { Seconds = seconds },
        "--jobs" when Number(value, out long jobs) && jobs is > 0 and <= 256 => this with { Jobs = (int)jobs },
        "--corpus" => this with { Corpus = value },
        "--save" => this with { Save = value },
        "--input" => this with { Input = value },
        _ => null,
    };

    private static bool Number(string text, out long number) => long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out number);
}
