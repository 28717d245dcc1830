using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using OneEdge.Host.Cli;
using OneEdge.Host.Disk;
using OneEdge.Storage;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Replica;

/// <summary>Several images on their way to a cache; one that fails does not stop the others.</summary>
/// <param name="io">The outside.</param>
/// <param name="isJson">Whether the result is printed as JSON.</param>
/// <param name="target">The cache.</param>
/// <param name="host">Its host.</param>
internal sealed class SyncRun(HostIo io, bool isJson, ReplicaImages target, string host) : IProgress<ReplicaSyncProgress>, IDisposable
{
    private readonly ConcurrentDictionary<HostPath, ReplicaSyncProgress> _progress = new();
    private readonly ProgressLine _line = new(io, isJson, "copying");
    private readonly Lock _lock = new();

    public async Task<int> RunAsync(IReadOnlyList<HostPath> images, int parallel, CancellationToken cancellationToken)
    {
        var outcomes = new Outcome[images.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, images.Count), limits, async (i, token) => outcomes[i] = await SyncAsync(images[i], token));
        if (isJson) JsonOutput.Write(io, json => Write(json, outcomes));
        int done = outcomes.Count(outcome => outcome.Result is not null);
        return done == images.Count ? ExitCode.Done : done > 0 ? ExitCode.Partly : ExitCode.Failed;
    }

    /// <summary>One line for all that are on their way.</summary>
    public void Report(ReplicaSyncProgress value)
    {
        _progress[value.Image] = value;
        ReplicaSyncProgress[] all = [.. _progress.Values];
        _line.Report(all.Sum(p => Math.Min(p.Bytes, p.TotalBytes)), all.Sum(p => p.TotalBytes), all.Sum(p => p.BytesPerSecond));
    }

    public void Dispose() => _line.Dispose();

    private async Task<Outcome> SyncAsync(HostPath image, CancellationToken cancellationToken)
    {
        try
        {
            ReplicaSyncResult result = await target.SyncAsync(image, this, cancellationToken);
            Tell(() => io.Out.WriteLine(Text(result)));
            return new Outcome(image, result, null);
        }
        catch (StorageException e)
        {
            Tell(() => { }, new Diagnostic(e.Code, DiagnosticSeverity.Error, e.Message) { File = image.ToString() });
            return new Outcome(image, null, e);
        }
        finally
        {
            _progress.TryRemove(image, out _);
        }
    }

    private void Tell(Action text, Diagnostic? error = null)
    {
        lock (_lock)
        {
            _line.Dispose();
            if (!isJson) text();
            if (error is not null) io.Error.WriteLine(error);
            io.Out.Flush();
        }
    }

    private static double Rate(ReplicaSyncResult result) => result.Bytes / Math.Max(result.Duration.TotalSeconds, 0.001);

    private static string Text(ReplicaSyncResult result)
    {
        string image = $"{Screen.Cell(result.Image.ToString())}: {Bytes.Text(result.Bytes)}";
        if (!result.IsCopied) return image + ", there already";
        return string.Create(CultureInfo.InvariantCulture, $"{image} copied in {result.Duration.TotalSeconds:0.00} s, {Bytes.Text((long)Rate(result))}/s");
    }

    private void Write(Utf8JsonWriter json, IReadOnlyList<Outcome> outcomes)
    {
        json.WriteStartObject();
        json.WriteString("host", host);
        json.WriteStartArray("images");
        foreach (Outcome outcome in outcomes)
        {
            json.WriteStartObject();
            json.WriteString("image", outcome.Image.ToString());
            if (outcome.Result is { } result) WriteResult(json, result);
            if (outcome.Error is { } error)
            {
                json.WriteString("code", error.Code);
                json.WriteString("error", error.Message);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, ReplicaSyncResult result)
    {
        json.WriteString("cached", result.Cached.ToString());
        json.WriteString("digest", result.Digest);
        json.WriteNumber("bytes", result.Bytes);
        json.WriteBoolean("copied", result.IsCopied);
        json.WriteNumber("seconds", result.Duration.TotalSeconds);
        if (result.IsCopied) json.WriteNumber("bytesPerSecond", (long)Rate(result));
    }

    private sealed record Outcome(HostPath Image, ReplicaSyncResult? Result, StorageException? Error);
}
