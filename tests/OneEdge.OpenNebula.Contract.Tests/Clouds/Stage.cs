using System.Globalization;

namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>What machines need to run, made for the tests: a cluster, two hosts of the driver <c>dummy</c>, a system and an image datastore.</summary>
public sealed class Stage : IAsyncDisposable
{
    private readonly Undo _undo = new();

    private Stage()
    {
    }

    public int ClusterId { get; private set; }

    public int HostId { get; private set; }

    public int OtherHostId { get; private set; }

    public int SystemDatastoreId { get; private set; }

    public int ImageDatastoreId { get; private set; }

    /// <summary>What keeps a machine on these hosts.</summary>
    public string Requirements => string.Create(CultureInfo.InvariantCulture, $"SCHED_REQUIREMENTS = \"CLUSTER_ID = {ClusterId}\"");

    public static async Task<Stage> BuildAsync(OpenNebulaClient one)
    {
        var stage = new Stage();
        try
        {
            await stage.BuildOnAsync(one, TestContext.Current.CancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _undo.DisposeAsync();

    private async Task BuildOnAsync(OpenNebulaClient one, CancellationToken token)
    {
        string name = Names.New("stage");
        ClusterId = await one.Clusters.CreateAsync(name, token);
        _undo.Add("cluster", ClusterId, (id, ct) => one.Clusters.DeleteAsync(id, ct));
        HostId = await HostAsync(one, $"{name}-1", token);
        OtherHostId = await HostAsync(one, $"{name}-2", token);
        SystemDatastoreId = await DatastoreAsync(one, $"NAME = {name}-system\nTYPE = SYSTEM_DS\nTM_MAD = dummy", token);
        ImageDatastoreId = await DatastoreAsync(one, $"NAME = {name}-images\nTYPE = IMAGE_DS\nTM_MAD = dummy\nDS_MAD = dummy", token);

        // Until they were monitored, nothing fits in.
        foreach (int datastore in new[] { SystemDatastoreId, ImageDatastoreId })
            await Poll.UntilAsync(ct => one.Datastores.GetAsync(datastore, cancellationToken: ct), d => d.TotalMb > 0, "monitored datastore");
        foreach (int host in new[] { HostId, OtherHostId })
            await Poll.UntilAsync(
                ct => one.Hosts.GetAsync(host, cancellationToken: ct), h => h is { State: HostState.Monitored, Capacity.MaxCpu: > 0 }, "monitored host");
    }

    private async Task<int> HostAsync(OpenNebulaClient one, string name, CancellationToken token)
    {
        int host = await one.Hosts.CreateAsync(name, "dummy", "dummy", ClusterId, token);
        _undo.Add("host", host, (id, ct) => one.Hosts.DeleteAsync(id, ct));
        return host;
    }

    private async Task<int> DatastoreAsync(OpenNebulaClient one, string text, CancellationToken token)
    {
        int datastore = await one.Datastores.CreateAsync(text, ClusterId, token);
        _undo.Add("datastore", datastore, (id, ct) => one.Datastores.DeleteAsync(id, ct));
        return datastore;
    }
}
