using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OneEdge.Storage;

/// <summary>Tells traces, and a meter where there is one, about one piece of work and how it ended. Work of which nothing is told was cancelled.</summary>
internal sealed class StorageWatch : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Histogram<double>? _duration;
    private readonly KeyValuePair<string, object?> _kind;
    private readonly Activity? _activity;
    private readonly long _start;
    private string _outcome = "cancelled";

    private StorageWatch(string name, TimeProvider time, Histogram<double>? duration, KeyValuePair<string, object?> kind)
    {
        (_time, _duration, _kind) = (time, duration, kind);
        _activity = StorageTelemetry.Activities.StartActivity(name);
        if (duration is not null) _activity?.SetTag(kind.Key, kind.Value);
        _start = time.GetTimestamp();
    }

    public double Milliseconds => _time.GetElapsedTime(_start).TotalMilliseconds;

    public static StorageWatch Start(string name, TimeProvider time) => new(name, time, null, default);

    /// <summary>Starts to watch work whose duration is measured.</summary>
    /// <param name="name">The name of the span.</param>
    /// <param name="time">The clock.</param>
    /// <param name="duration">The meter.</param>
    /// <param name="kind">What distinguishes measurements, besides the outcome; it has few values.</param>
    public static StorageWatch Start(string name, TimeProvider time, Histogram<double> duration, KeyValuePair<string, object?> kind) =>
        new(name, time, duration, kind);

    /// <summary>What an error is called in traces, meters and logs.</summary>
    public static string CodeOf(Exception error) => error switch
    {
        OneEdgeException known => known.Code,
        OperationCanceledException => "cancelled",
        _ => error.GetType().Name,
    };

    public StorageWatch Tag(string name, object? value)
    {
        _activity?.SetTag(name, value);
        return this;
    }

    public void Done() => _outcome = "ok";

    public void Failed(Exception error)
    {
        _outcome = CodeOf(error);
        if (error is not OperationCanceledException) _activity?.SetTag("error.type", _outcome).SetStatus(ActivityStatusCode.Error);
    }

    public T Run<T>(Func<T> work)
    {
        try
        {
            T result = work();
            Done();
            return result;
        }
        catch (Exception e)
        {
            Failed(e);
            throw;
        }
    }

    /// <summary>Makes this work the parent of what the caller's method does from here on: between two elements of a stream that is lost.</summary>
    public void Resume()
    {
        if (_activity is not null) Activity.Current = _activity;
    }

    public void Dispose()
    {
        _duration?.Record(
            _time.GetElapsedTime(_start).TotalSeconds, _kind, new KeyValuePair<string, object?>(StorageTelemetry.Outcome, _outcome));
        _activity?.Dispose();
    }
}
