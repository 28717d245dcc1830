using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace OneEdge.Flow.Elasticity;

/// <summary>
/// What an expression makes of the values of several virtual machines: their average, unless the policy has a member <c>statistic</c> that says
/// otherwise. OpenNebula keeps that member and takes the average.
/// </summary>
/// <remarks>Results are rounded to two decimals, halves away from zero.</remarks>
public readonly record struct VmStatistic
{
    /// <summary>The name of the member of a policy.</summary>
    public const string MemberName = "statistic";

    private const int StackValues = 128;

    private readonly StatisticKind _kind;
    private readonly int _percent;

    private VmStatistic(StatisticKind kind, int percent = 0)
    {
        _kind = kind;
        _percent = percent;
    }

    private enum StatisticKind
    {
        Average,
        Sum,
        Minimum,
        Maximum,
        Count,
        Percentile,
    }

    /// <summary>The average of the machines that have the value (<c>avg</c>); the default.</summary>
    public static VmStatistic Average => default;

    /// <summary>The sum (<c>sum</c>).</summary>
    public static VmStatistic Sum => new(StatisticKind.Sum);

    /// <summary>The least (<c>min</c>).</summary>
    public static VmStatistic Minimum => new(StatisticKind.Minimum);

    /// <summary>The greatest (<c>max</c>).</summary>
    public static VmStatistic Maximum => new(StatisticKind.Maximum);

    /// <summary>How many running machines have the value (<c>count</c>); 0 when none has.</summary>
    public static VmStatistic Count => new(StatisticKind.Count);

    /// <summary>The value that so many percent of the machines do not exceed (<c>p95</c>), always one of theirs.</summary>
    /// <param name="percent">From 1 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">The percentage is not.</exception>
    public static VmStatistic Percentile(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        return new(StatisticKind.Percentile, percent);
    }

    /// <summary>Reads the value of a member <c>statistic</c>.</summary>
    /// <param name="text">The text; case does not matter.</param>
    /// <param name="statistic">What it names.</param>
    /// <returns>Whether it names one.</returns>
    public static bool TryParse(string? text, out VmStatistic statistic)
    {
        (bool isKnown, statistic) = text?.ToUpperInvariant() switch
        {
            "AVG" => (true, Average),
            "SUM" => (true, Sum),
            "MIN" => (true, Minimum),
            "MAX" => (true, Maximum),
            "COUNT" => (true, Count),
            _ => (false, default),
        };
        if (isKnown || text is not { Length: >= 2 and <= 4 } || text[0] is not ('p' or 'P')) return isKnown;
        if (!int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int percent) || percent is < 1 or > 100) return false;
        statistic = Percentile(percent);
        return true;
    }

    /// <summary>The text for a member <c>statistic</c>.</summary>
    public override string ToString() => _kind switch
    {
        StatisticKind.Average => "avg",
        StatisticKind.Sum => "sum",
        StatisticKind.Minimum => "min",
        StatisticKind.Maximum => "max",
        StatisticKind.Count => "count",
        _ => string.Create(CultureInfo.InvariantCulture, $"p{_percent}"),
    };

    /// <summary>The statistic of a policy: its own, or the one of its member; the average when that names none.</summary>
    internal static VmStatistic Of(ElasticityPolicy policy)
    {
        if (policy.Statistic is { } own) return own;
        bool isText = policy.Members.TryGet(MemberName, out JsonElement member) && member.ValueKind == JsonValueKind.String;
        return isText && TryParse(member.GetString(), out VmStatistic statistic) ? statistic : default;
    }

    /// <summary>The value of a variable.</summary>
    /// <returns>The value; <see langword="null"/> when no machine has it.</returns>
    internal double? Of(IVmValues values, string name)
    {
        if (_kind == StatisticKind.Percentile) return PercentileOf(values, name);
        double sum = 0;
        double least = double.PositiveInfinity;
        double greatest = double.NegativeInfinity;
        int count = 0;
        for (int i = 0; i < values.Count; i++)
        {
            if (values.Get(i, name) is not { } value) continue;
            sum += value;
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
            count++;
        }

        if (_kind == StatisticKind.Count) return count;
        if (count == 0) return null;
        return Rounded(_kind switch
        {
            StatisticKind.Sum => sum,
            StatisticKind.Minimum => least,
            StatisticKind.Maximum => greatest,
            _ => sum / count,
        });
    }

    // What is past the numbers that have fractions stays; adding 0 takes the sign from a zero.
    private static double Rounded(double value)
    {
        double hundredfold = value * 100;
        return double.IsFinite(hundredfold) ? (Math.Round(hundredfold, MidpointRounding.AwayFromZero) / 100) + 0.0 : value;
    }

    private double? PercentileOf(IVmValues values, string name)
    {
        double[]? rented = null;
        Span<double> all = values.Count <= StackValues ? stackalloc double[StackValues] : (rented = ArrayPool<double>.Shared.Rent(values.Count));
        int count = 0;
        for (int i = 0; i < values.Count; i++)
        {
            if (values.Get(i, name) is { } value) all[count++] = value;
        }

        double? result = null;
        if (count > 0)
        {
            all[..count].Sort();
            int rank = (int)(((long)_percent * count + 99) / 100);
            result = Rounded(all[rank - 1]);
        }

        if (rented is not null) ArrayPool<double>.Shared.Return(rented);
        return result;
    }
}
