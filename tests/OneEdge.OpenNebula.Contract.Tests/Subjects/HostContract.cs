namespace OneEdge.OpenNebula.Contract.Tests;

public abstract class HostContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    protected override bool NeedsStage => true;

    [Fact]
    public async Task Host_is_monitored_soon()
    {
        int cluster = await NewClusterAsync();
        int id = await NewHostAsync(cluster);
        Host host = await One.Hosts.WaitForStateAsync(id, HostState.Monitored, Poll.Options, Token);
        Assert.Equal(("dummy", "dummy", cluster), (host.InformationDriver, host.VmDriver, host.ClusterId));
        Host measured = await One.Hosts.WaitForAsync(id, h => h.Capacity is { TotalCpu: > 0, TotalMemoryKb: > 0 }, "measured", Poll.Options, Token);
        Assert.Equal((0L, 0L, 0), (measured.Capacity!.CpuUsage, measured.Capacity.MemoryUsageKb, measured.Capacity.RunningMachines));
        Assert.Contains(id, (await AllAsync(One.Hosts.ListAsync(Token))).Select(h => h.Id));
        Assert.Equal([id], (await One.Clusters.GetAsync(cluster, cancellationToken: Token)).HostIds);
    }

    [Fact]
    public async Task Host_is_disabled_taken_offline_and_enabled()
    {
        int id = await NewHostAsync();
        await One.Hosts.SetStatusAsync(id, HostStatus.Disabled, Token);
        Assert.Equal(HostState.Disabled, (await One.Hosts.WaitForAsync(
            id, h => h.State is HostState.Disabled, "disabled", Poll.Options, Token)).State);
        await One.Hosts.SetStatusAsync(id, HostStatus.Offline, Token);
        Assert.Equal(HostState.Offline, (await One.Hosts.GetAsync(id, cancellationToken: Token)).State);
        await One.Hosts.SetStatusAsync(id, HostStatus.Enabled, Token);
        await One.Hosts.WaitForStateAsync(id, HostState.Monitored, Poll.Options, Token);
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => One.CallAsync("one.host.status", [id, 7], Token));
        Assert.Equal(HostState.Monitored, (await One.Hosts.WaitForStateAsync(id, HostState.Monitored, Poll.Options, Token)).State);
    }

    [Fact]
    public async Task Host_is_renamed_and_its_attributes_change()
    {
        int id = await NewHostAsync();
        string name = Names.New("renamed");
        await One.Hosts.RenameAsync(id, name, Token);
        await One.Hosts.UpdateAsync(id, "RACK = 7\nRESERVED_CPU = 10", UpdateMode.Append, Token);
        Host host = await One.Hosts.GetAsync(id, cancellationToken: Token);
        Assert.Equal((name, "7"), (host.Name, host.Template.Get("RACK")));
        await RefusedAsync(
            OpenNebulaErrorKind.Internal,
            () => One.Hosts.CreateAsync(name, "dummy", "dummy", cancellationToken: Token),
            Text($"NAME is already taken by HOST {id}."));
    }

    [Fact]
    public async Task Host_with_machines_is_not_deleted()
    {
        int id = await NewRunningMachineAsync();
        await RefusedAsync(OpenNebulaErrorKind.Action, () => One.Hosts.DeleteAsync(Stage.HostId, Token));
        Assert.Contains(id, (await One.Hosts.GetAsync(Stage.HostId, cancellationToken: Token)).VirtualMachineIds);
    }

    [Fact]
    public async Task Deleted_host_is_gone()
    {
        int id = await NewHostAsync();
        await One.Hosts.DeleteAsync(id, Token);
        OpenNebulaCallException error = await RefusedAsync(
            OpenNebulaErrorKind.NoExists, () => One.Hosts.GetAsync(id, cancellationToken: Token), Text($"Error getting host [{id}]."));
        Assert.Equal((OpenNebulaObjectKind.Host, id), (error.ObjectKind, error.ObjectId));
        await RefusedAsync(OpenNebulaErrorKind.NoExists, () => One.Hosts.DeleteAsync(id, Token));
    }

    [Fact]
    public async Task User_does_not_manage_hosts()
    {
        (int user, _, OpenNebulaClient own) = await NewUserAsync();
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization,
            () => own.Hosts.SetStatusAsync(Stage.HostId, HostStatus.Disabled, Token),
            Text($"User [{user}] : Not authorized to perform ADMIN HOST [{Stage.HostId}]."));
        await RefusedAsync(OpenNebulaErrorKind.Authorization, () => own.Hosts.CreateAsync(Names.New("host"), "dummy", "dummy", cancellationToken: Token));
        Assert.Empty(await AllAsync(own.Hosts.ListAsync(Token)));
    }
}
