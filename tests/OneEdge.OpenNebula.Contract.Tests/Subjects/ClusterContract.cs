namespace OneEdge.OpenNebula.Contract.Tests;

public abstract class ClusterContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    [Fact]
    public async Task Cluster_is_made_changed_and_deleted()
    {
        int id = await NewClusterAsync();
        string name = Names.New("renamed");
        await One.Clusters.RenameAsync(id, name, Token);
        await One.Clusters.UpdateAsync(id, "ROW = 3", cancellationToken: Token);
        Cluster cluster = await One.Clusters.GetAsync(id, cancellationToken: Token);
        Assert.Equal((name, "3"), (cluster.Name, cluster.Template.Get("ROW")));
        Assert.Empty(cluster.HostIds);
        Assert.Contains(id, (await AllAsync(One.Clusters.ListAsync(Token))).Select(c => c.Id));
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => One.Clusters.CreateAsync(name, Token), Text($"NAME is already taken by CLUSTER {id}."));
        await One.Clusters.DeleteAsync(id, Token);
        await RefusedAsync(OpenNebulaErrorKind.NoExists, () => One.Clusters.GetAsync(id, cancellationToken: Token), Text($"Error getting cluster [{id}]."));
    }

    [Fact]
    public async Task Host_is_in_one_cluster_at_a_time()
    {
        int first = await NewClusterAsync(), second = await NewClusterAsync();
        int host = await NewHostAsync(first);
        await One.Clusters.AddHostAsync(second, host, Token);
        Assert.Empty((await One.Clusters.GetAsync(first, cancellationToken: Token)).HostIds);
        Assert.Equal([host], (await One.Clusters.GetAsync(second, cancellationToken: Token)).HostIds);
        Assert.Equal(second, (await One.Hosts.GetAsync(host, cancellationToken: Token)).ClusterId);
        await One.Clusters.RemoveHostAsync(second, host, Token);
        Assert.Empty((await One.Clusters.GetAsync(second, cancellationToken: Token)).HostIds);
        Assert.Equal(0, (await One.Hosts.GetAsync(host, cancellationToken: Token)).ClusterId);
    }

    [Fact]
    public async Task Datastores_and_networks_are_in_several_clusters()
    {
        int first = await NewClusterAsync(), second = await NewClusterAsync();
        int datastore = Later(
            "datastore",
            await One.Datastores.CreateAsync($"NAME = {Names.New("ds")}\nTYPE = SYSTEM_DS\nTM_MAD = dummy", first, Token),
            (d, ct) => One.Datastores.DeleteAsync(d, ct));
        int network = LaterNetwork(await One.VirtualNetworks.CreateAsync($"NAME = {Names.New("net")}\nVN_MAD = dummy\nBRIDGE = br", first, Token));
        await One.VirtualNetworks.WaitForStateAsync(network, VirtualNetworkState.Ready, Poll.Options, Token);
        await One.Clusters.AddDatastoreAsync(second, datastore, Token);
        await One.Clusters.AddNetworkAsync(second, network, Token);
        Assert.Equal([first, second], (await One.Datastores.GetAsync(datastore, cancellationToken: Token)).ClusterIds.Order());
        Assert.Equal([first, second], (await One.VirtualNetworks.GetAsync(network, cancellationToken: Token)).ClusterIds.Order());
        foreach (int cluster in new[] { first, second })
        {
            Cluster seen = await One.Clusters.GetAsync(cluster, cancellationToken: Token);
            Assert.Equal([datastore], seen.DatastoreIds);
            Assert.Equal([network], seen.NetworkIds);
        }

        await RefusedAsync(OpenNebulaErrorKind.Action, () => One.Clusters.DeleteAsync(second, Token));
        await One.Clusters.RemoveDatastoreAsync(second, datastore, Token);
        await One.Clusters.RemoveNetworkAsync(second, network, Token);
        await One.Clusters.DeleteAsync(second, Token);
        Assert.Equal([first], (await One.Datastores.GetAsync(datastore, cancellationToken: Token)).ClusterIds);
    }

    [Fact]
    public async Task Cluster_with_a_host_is_not_deleted()
    {
        int id = await NewClusterAsync();
        int host = await NewHostAsync(id);
        await RefusedAsync(OpenNebulaErrorKind.Action, () => One.Clusters.DeleteAsync(id, Token));
        Assert.Equal([host], (await One.Clusters.GetAsync(id, cancellationToken: Token)).HostIds);
    }

    [Fact]
    public async Task What_is_not_there_is_not_added()
    {
        int id = await NewClusterAsync();
        await RefusedAsync(OpenNebulaErrorKind.NoExists, () => One.Clusters.AddHostAsync(id, int.MaxValue, Token));
        await RefusedAsync(OpenNebulaErrorKind.NoExists, () => One.Clusters.AddDatastoreAsync(id, int.MaxValue, Token));
        await RefusedAsync(OpenNebulaErrorKind.NoExists, () => One.Clusters.AddNetworkAsync(id, int.MaxValue, Token));
        await RefusedAsync(OpenNebulaErrorKind.NoExists, () => One.Clusters.AddHostAsync(int.MaxValue, 0, Token));
    }
}
