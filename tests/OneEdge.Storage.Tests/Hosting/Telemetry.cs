using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace OneEdge.Storage.Tests.Hosting;

/// <summary>Everything that logs, traces and meters are told by the test that made it, and by no test beside it.</summary>
internal sealed class Telemetry : ILoggerFactory, ILogger
{
    private static readonly AsyncLocal<Telemetry?> Current = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();
    private readonly Lock _gate = new();
    private readonly List<(LogLevel Level, EventId Id, string Text)> _messages = [];
    private readonly List<Activity> _spans = [];
    private readonly List<string> _measurements = [];

    public Telemetry()
    {
        Current.Value = this;
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == StorageTelemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Add(_spans, activity),
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == StorageTelemetry.SourceName) listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Measured(instrument, null, tags));
        _meters.Start();
    }

    public IReadOnlyList<(LogLevel Level, EventId Id, string Text)> Messages => Copy(_messages);

    public IReadOnlyList<Activity> Spans => Copy(_spans);

    /// <summary>Name, value where it is a whole number, and tags: <c>oneedge.storage.cache.requests 1 outcome=hit</c>.</summary>
    public IReadOnlyList<string> Measurements => Copy(_measurements);

    public string[] Named(string name) => [.. Messages.Where(message => message.Id.Name == name).Select(message => message.Text)];

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Add(_messages, (logLevel, eventId, formatter(state, exception)), isOurs: true);

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    private void Measured(Instrument instrument, long? value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string text = instrument.Name + (value is null ? "" : $" {value}");
        foreach (KeyValuePair<string, object?> tag in tags) text += $" {tag.Key[(tag.Key.LastIndexOf('.') + 1)..]}={tag.Value}";
        Add(_measurements, text);
    }

    private void Add<T>(List<T> list, T item, bool isOurs = false)
    {
        if (!isOurs && Current.Value != this) return;
        lock (_gate) list.Add(item);
    }

    private IReadOnlyList<T> Copy<T>(List<T> list)
    {
        lock (_gate) return [.. list];
    }
}
