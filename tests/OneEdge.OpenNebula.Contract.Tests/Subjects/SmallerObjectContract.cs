namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>Groups of machines, virtual routers, virtual data centers, backup jobs and zones.</summary>
public abstract class SmallerObjectContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    protected override bool NeedsStage => true;

    [Fact]
    public async Task Group_of_machines_has_roles()
    {
        int id = Later(
            "group of machines",
            await One.VmGroups.CreateAsync($"NAME = {Names.New("vmgroup")}\nROLE = [ NAME = web, POLICY = AFFINED ]\nROLE = [ NAME = db ]", Token),
            (g, ct) => One.VmGroups.DeleteAsync(g, ct));
        Assert.Equal(["web", "db"], (await One.VmGroups.GetAsync(id, cancellationToken: Token)).Roles.Select(r => r.Name));
        int vm = await NewHeldMachineAsync(Text($"VMGROUP = [ VMGROUP_ID = {id}, ROLE = web ]"));
        Assert.Equal(Number(vm), (await One.VmGroups.GetAsync(id, cancellationToken: Token)).Roles[0].Machines);
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => One.VmGroups.CreateAsync($"NAME = {Names.New("vmgroup")}\nROLE = [ POLICY = AFFINED ]", Token));
        await One.VirtualMachines.TerminateAsync(vm, cancellationToken: Token);
        await StateAsync(vm, VmState.Done);
        Assert.Empty((await One.VmGroups.GetAsync(id, cancellationToken: Token)).Roles[0].Machines);
    }

    [Fact]
    public async Task Virtual_router_runs_machines_of_a_template()
    {
        int network = await NewNetworkAsync();
        int template = await NewTemplateAsync("VROUTER = YES");
        int id = Later(
            "virtual router",
            await One.VirtualRouters.CreateAsync(Text($"NAME = {Names.New("router")}\nNIC = [ NETWORK_ID = {network} ]"), Token),
            (r, ct) => One.VirtualRouters.DeleteAsync(r, ct));
        await One.VirtualRouters.InstantiateAsync(id, 2, template, new InstantiateOptions { OnHold = true }, Token);
        VirtualRouter router = await One.VirtualRouters.GetAsync(id, cancellationToken: Token);
        Assert.Equal(2, router.VirtualMachineIds.Count);
        foreach (int vm in router.VirtualMachineIds) LaterMachine(vm);
        Assert.Equal(network, Assert.Single((await MachineAsync(router.VirtualMachineIds[0])).Nics).NetworkId);
        await Assert.ThrowsAsync<OpenNebulaCallException>(
            () => One.Templates.InstantiateAsync(template, new InstantiateOptions { OnHold = true }, Token));
    }

    [Fact]
    public async Task Virtual_data_center_joins_groups_and_clusters()
    {
        int group = await NewGroupAsync(), cluster = await NewClusterAsync();
        int id = Later(
            "virtual data center",
            await One.VirtualDataCenters.CreateAsync($"NAME = {Names.New("vdc")}", Token),
            (v, ct) => One.VirtualDataCenters.DeleteAsync(v, ct));
        await One.VirtualDataCenters.AddGroupAsync(id, group, Token);
        await One.VirtualDataCenters.AddResourceAsync(id, new(VdcResourceKind.Cluster, 0, cluster), Token);
        VirtualDataCenter vdc = await One.VirtualDataCenters.GetAsync(id, cancellationToken: Token);
        Assert.Equal([group], vdc.GroupIds);
        Assert.Equal([(0, cluster)], vdc.Clusters.Select(c => (c.ZoneId, c.Id)));
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => One.VirtualDataCenters.AddGroupAsync(id, group, Token));
        await One.VirtualDataCenters.RemoveResourceAsync(id, new(VdcResourceKind.Cluster, 0, cluster), Token);
        await One.VirtualDataCenters.RemoveGroupAsync(id, group, Token);
        Assert.Empty((await One.VirtualDataCenters.GetAsync(id, cancellationToken: Token)).GroupIds);
    }

    [Fact]
    public async Task Backup_job_is_made_changed_and_deleted()
    {
        int vm = await NewHeldMachineAsync();
        int id = Later(
            "backup job",
            await One.BackupJobs.CreateAsync(Text($"NAME = {Names.New("backup")}\nBACKUP_VMS = \"{vm}\"\nFS_FREEZE = NONE\nKEEP_LAST = 2\nMODE = FULL"), Token),
            (b, ct) => One.BackupJobs.DeleteAsync(b, ct));
        await One.BackupJobs.SetPriorityAsync(id, 40, Token);
        BackupJob job = await One.BackupJobs.GetAsync(id, cancellationToken: Token);
        Assert.Equal((40, "2"), (job.Priority, job.Template.Get("KEEP_LAST")));
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => One.BackupJobs.SetPriorityAsync(id, 101, Token));
        Assert.Equal(40, (await One.BackupJobs.GetAsync(id, cancellationToken: Token)).Priority);
    }

    [Fact]
    public async Task Zone_of_the_cloud_is_there() =>
        Assert.Contains(0, (await AllAsync(One.Zones.ListAsync(Token))).Select(z => z.Id));
}
