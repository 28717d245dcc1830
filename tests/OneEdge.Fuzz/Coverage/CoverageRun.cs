using System.Diagnostics;
using System.Globalization;

namespace OneEdge.Fuzz.Coverage;

/// <summary>Executions of one target in which inputs that reach something new are kept and changed further.</summary>
internal sealed class CoverageRun
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly FuzzTarget _target;
    private readonly FuzzOptions _options;
    private readonly FindingStore _findings;
    private readonly List<byte[]> _corpus;
    private readonly CoverageMap _map;
    private readonly FuzzRun _run;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _told;

    public CoverageRun(FuzzTarget target, FuzzOptions options, CoverageMap map)
    {
        (_target, _options, _map, _findings) = (target, options, map, new FindingStore(target, options.Save));
        _corpus = Corpus.Of(target, options.Corpus);
        _run = new FuzzRun(target, _corpus, options.Seed, _map);
    }

    /// <summary>The executions that run now, for who watches them.</summary>
    public FuzzRun Run => _run;

    /// <summary>Runs until the executions, the time or the findings of the options are reached.</summary>
    /// <returns>How many findings there are that differ.</returns>
    public int Execute()
    {
        int seeds = _corpus.Count;
        foreach (byte[] seed in _corpus.ToArray()) Keep(_run.Execute(_run.Executions, seed), isSeed: true);
        Print($"{_target.Name}: seed {_options.Seed}, {seeds} inputs to start from, {_map.Edges} edges");
        for (long number = _options.Start; number < _options.Start + _options.Executions && _findings.Count < _options.Findings; number++)
        {
            Keep(_run.Execute(number), isSeed: false);
            if ((number & 255) != 0) continue;
            if (_clock.Elapsed.TotalSeconds > _options.Seconds) break;
            if (_clock.Elapsed - _told > Pause) Summary();
        }

        Summary();
        return _findings.Count;
    }

    private void Keep(Finding? finding, bool isSeed)
    {
        if (finding is not null) _findings.Add(_run, finding);
        if (finding is not null || !_run.IsNew || isSeed) return;
        _corpus.Add(_run.CurrentInput);
        if (_options.Save is null) return;
        string directory = Directory.CreateDirectory(Path.Combine(_options.Save, "corpus")).FullName;
        File.WriteAllBytes(Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{_corpus.Count:D7}")), _run.CurrentInput);
    }

    private void Summary()
    {
        _told = _clock.Elapsed;
        double rate = _run.Executions / Math.Max(_clock.Elapsed.TotalSeconds, 0.001), accepted = 100.0 * _run.Accepted / Math.Max(_run.Executions, 1);
        double busy = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        Print($"{_run.Executions:N0} executions, {rate:N0}/s ({_run.Executions / busy:N0} for a second of processor), {accepted:F1} % accepted");
        Print($"  {_map.Edges} edges, {_map.Features} with classes of counts, corpus {_corpus.Count}, {_findings.Count} findings");
        Print($"  for one at most {_run.MostAllocated:N0} bytes and {_run.Slowest.TotalMilliseconds:F0} ms");
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
