using System.Diagnostics;
using System.Globalization;
using OneEdge.Fuzz.Coverage;

namespace OneEdge.Fuzz;

/// <summary>Runs executions of one target, one after the other.</summary>
internal sealed class FuzzRun
{
    private readonly FuzzTarget _target;
    private readonly IMutator _mutator;
    private readonly ulong _seed;

    private readonly CoverageMap? _map;

    /// <summary>Prepares executions.</summary>
    /// <param name="target">The reader under test.</param>
    /// <param name="corpus">What inputs are made of; it may grow.</param>
    /// <param name="seed">What random numbers begin with.</param>
    /// <param name="map">Notes what executions reach; <see langword="null"/> where the code is not instrumented.</param>
    public FuzzRun(FuzzTarget target, IReadOnlyList<byte[]> corpus, ulong seed, CoverageMap? map = null)
    {
        _map = map;
        _target = target;
        _seed = seed;
        _mutator = target.CreateMutator(corpus);
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

    /// <summary>The longest execution.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>Whether the last execution reached something that none reached before.</summary>
    public bool IsNew { get; private set; }

    /// <summary>Runs one execution with an input of its own.</summary>
    /// <returns>What does not hold, or <see langword="null"/>.</returns>
    public Finding? Execute(long number) => Execute(number, _mutator.Next(new Chance(_seed, number)));

    /// <summary>Runs one execution.</summary>
    /// <returns>What does not hold, or <see langword="null"/>.</returns>
    public Finding? Execute(long number, byte[] input)
    {
        Current = number;
        Executions++;
        CurrentInput = input;
        _map?.Start();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        Exception? failure = Try(input, number, out bool accepted);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        IsNew = _map?.Finish() ?? false;
        MostAllocated = Math.Max(MostAllocated, allocated);
        if (time > Slowest) Slowest = time;
        if (accepted) Accepted++;
        failure ??= allocated > _target.MaxAllocated
            ? new OracleException("an input takes little memory", string.Create(CultureInfo.InvariantCulture, $"{allocated:N0} bytes")) : null;
        failure ??= time > _target.MaxTime && Fastest(input, number) is var fastest && fastest > _target.MaxTime
            ? new OracleException("an input takes little time", fastest.ToString()) : null;
        return failure is null ? null : new Finding(number, input, failure);
    }

    /// <summary>A smaller input that breaks the same law.</summary>
    public byte[] Reduce(Finding finding)
    {
        bool Fails(byte[] input) => Try(input, finding.Execution, out _) is { } failure && Finding.LawOf(failure) == finding.Law;
        return Fails(finding.Input) ? _target.Reduce(finding.Input, Fails) : finding.Input;
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

    // The time of the processor, not of the clock: others may use the machine too.
    private TimeSpan Fastest(byte[] input, long number)
    {
        TimeSpan best = TimeSpan.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            Try(input, number, out _);
            TimeSpan time = Environment.CpuUsage.TotalTime - start;
            if (time < best) best = time;
        }

        return best;
    }
}
