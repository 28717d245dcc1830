using OneEdge.Host.Cli;
using OneEdge.Host.Disk;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Replica;

/// <summary>What went from a cache, or would go, and what stays and why.</summary>
/// <param name="io">The outside.</param>
/// <param name="isJson">Whether it is printed as JSON.</param>
/// <param name="isDryRun">Whether nothing is removed.</param>
/// <param name="isNamed">Whether images were asked for by their names, so that each of them that stays counts.</param>
internal sealed class EvictReport(HostIo io, bool isJson, bool isDryRun, bool isNamed)
{
    private readonly List<CachedImage> _evicted = [];
    private readonly List<KeptImage> _kept = [];
    private long _freed;
    private long _missing;
    private bool _isPartly;

    /// <param name="plan">The plan.</param>
    /// <param name="result">What came of it; <see langword="null"/> in a dry run.</param>
    public void Add(ReplicaEvictionPlan plan, ReplicaEvictionResult? result)
    {
        IReadOnlyList<CachedImage> evicted = result?.Evicted ?? plan.Images;
        IReadOnlyList<KeptImage> kept = result?.Kept ?? plan.Kept;
        long freed = result?.FreedBytes ?? plan.FreedBytes;
        _evicted.AddRange(evicted);
        _kept.AddRange(kept);
        _freed += freed;
        // What came into use meanwhile is missing too.
        long missing = Math.Max(0, plan.Datastore.UsedBytes - freed - (plan.TargetBytes ?? long.MaxValue));
        _missing += missing;
        _isPartly |= isNamed ? kept.Count > 0 : missing > 0;
    }

    public int End()
    {
        if (isJson) WriteJson();
        else Show(new Screen(io));
        return _isPartly ? ExitCode.Partly : ExitCode.Done;
    }

    private void Show(Screen screen)
    {
        string verb = isDryRun ? "would evict" : "evicted";
        foreach (CachedImage image in _evicted) screen.Line(
            $"{verb} {ImageText.Name(image)}: {Bytes.Text(image.Bytes)}, last used {ImageText.Time(image.LastUse)}");
        foreach (KeptImage kept in _kept) screen.Line(
            $"{(isDryRun ? "would keep" : "kept")} {ImageText.Name(kept.DatastoreId, kept.Name)}: {ImageText.Use(kept.Use)}");
        string missing = _missing > 0 ? $"; {Bytes.Text(_missing)} too many are left" : "";
        screen.Line($"{(isDryRun ? "would free" : "freed")} {Bytes.Text(_freed)}{missing}");
    }

    private void WriteJson() => JsonOutput.Write(io, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("dryRun", isDryRun);
        json.WriteStartArray("evicted");
        foreach (CachedImage image in _evicted) StatusJson.WriteImage(json, image);
        json.WriteEndArray();
        json.WriteStartArray("kept");
        foreach (KeptImage kept in _kept)
        {
            json.WriteStartObject();
            json.WriteNumber("datastore", kept.DatastoreId);
            json.WriteString("name", kept.Name);
            json.WriteString("because", ImageText.UseWord(kept.Use));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("freedBytes", _freed);
        json.WriteNumber("missingBytes", _missing);
        json.WriteEndObject();
    });
}
