using System.Diagnostics;
using System.Globalization;

namespace OneEdge.Fuzz;

/// <summary>Runs executions of one target, one after the other.</summary>
internal sealed class FuzzRun
{
    // One input of a kilobyte takes well under a millisecond; slow ones are tried again, because the machine may have been busy.
    private static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(250);
    private const long MaxAllocated = 64 * 1024 * 1024;

    private readonly FuzzTarget _target;
    private readonly Mutator _mutator;
    private readonly ulong _seed;

    public FuzzRun(FuzzTarget target, IReadOnlyList<byte[]> corpus, ulong seed)
    {
        _target = target;
        _seed = seed;
        _mutator = new Mutator(corpus, [.. target.Tokens.Select(t => OneEdge.Text.SourceEncoding.GetBytes(t))]);
    }

    /// <summary>The number of executions so far.</summary>
    public long Executions { get; private set; }

    /// <summary>How many inputs the reader accepted.</summary>
    public long Accepted { get; private set; }

    /// <summary>The most that one execution allocated, in bytes.</summary>
    public long MostAllocated { get; private set; }

    /// <summary>The number of the execution that runs now.</summary>
    public long Current { get; private set; }

    /// <summary>The input of that execution.</summary>
    public byte[] CurrentInput { get; private set; } = [];

    /// <summary>Runs one execution.</summary>
    /// <returns>What does not hold, or <see langword="null"/>.</returns>
    public Finding? Execute(long number)
    {
        Current = number;
        Executions++;
        byte[] input = _mutator.Next(new Chance(_seed, number));
        CurrentInput = input;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        Exception? failure = Try(input, number, out bool accepted);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        MostAllocated = Math.Max(MostAllocated, allocated);
        if (accepted) Accepted++;
        failure ??= allocated > MaxAllocated
            ? new OracleException("an input takes little memory", string.Create(CultureInfo.InvariantCulture, $"{allocated:N0} bytes")) : null;
        failure ??= time > MaxTime && Fastest(input, number) is var fastest && fastest > MaxTime
            ? new OracleException("an input takes little time", fastest.ToString()) : null;
        return failure is null ? null : new Finding(number, input, failure);
    }

    /// <summary>A smaller input that breaks the same law.</summary>
    public byte[] Reduce(Finding finding)
    {
        byte[] input = finding.Input;
        if (Try(input, finding.Execution, out _) is null) return input;
        for (int size = Math.Max(input.Length / 2, 1); size > 0; size /= 2)
        {
            for (int at = 0; at < input.Length;)
            {
                byte[] shorter = [.. input[..at], .. input[Math.Min(at + size, input.Length)..]];
                if (Try(shorter, finding.Execution, out _) is { } failure && Finding.LawOf(failure) == finding.Law) input = shorter;
                else at += size;
            }
        }

        return input;
    }

    /// <summary>What an input breaks.</summary>
    public Exception? Try(byte[] input, long number, out bool accepted)
    {
        accepted = false;
        try
        {
            accepted = _target.Execute(input, new Chance(~_seed, number));
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private TimeSpan Fastest(byte[] input, long number)
    {
        TimeSpan best = TimeSpan.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Try(input, number, out _);
            TimeSpan time = Stopwatch.GetElapsedTime(start);
            if (time < best) best = time;
        }

        return best;
    }
}
