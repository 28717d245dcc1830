namespace OneEdge.OpenNebula.Contract.Tests;

public abstract class NetworkContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    private VirtualNetworkClient Networks => One.VirtualNetworks;

    [Fact]
    public async Task Network_is_made_changed_and_deleted()
    {
        int id = await NewNetworkAsync("DNS = 10.77.0.1\nAR = [ TYPE = IP4, IP = 10.77.0.10, SIZE = 8 ]");
        string name = Names.New("renamed");
        await Networks.RenameAsync(id, name, Token);
        await Networks.UpdateAsync(id, "GATEWAY = 10.77.0.2", cancellationToken: Token);
        await Networks.ChangePermissionsAsync(id, PermissionChange.ToOctal("644"), Token);
        VirtualNetwork network = await NetworkAsync(id);
        Assert.Equal(
            (name, "dummy", "br-contract", VirtualNetworkState.Ready, 0), (network.Name, network.Driver, network.Bridge, network.State, network.UsedLeases));
        Assert.Equal(("10.77.0.1", "10.77.0.2"), (network.Template.Get("DNS"), network.Template.Get("GATEWAY")));
        Assert.Equal(Permissions.FromOctal("644"), network.Permissions);
        Assert.Contains(id, (await AllAsync(Networks.ListAsync(cancellationToken: Token))).Select(n => n.Id));
        await Networks.DeleteAsync(id, Token);
        await Poll.UntilAsync(ct => ExistsAsync(() => Networks.GetAsync(id, cancellationToken: ct)), there => !there, "deleted network");
    }

    [Fact]
    public async Task Network_without_a_driver_is_refused() =>
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => Networks.CreateAsync($"NAME = {Names.New("net")}\nBRIDGE = br", cancellationToken: Token));

    [Fact]
    public async Task Ranges_are_added_changed_and_removed()
    {
        int id = await NewNetworkAsync();
        AddressRange first = Assert.Single((await NetworkAsync(id)).AddressRanges);
        Assert.Equal((0, "IP4", 8L, "10.77.0.10", "10.77.0.17"), (first.Id, first.Type, first.Size, first.Ip, first.IpEnd));
        Assert.Equal(("02:00:0a:4d:00:0a", "02:00:0a:4d:00:11"), (first.Mac, first.MacEnd));

        await Networks.AddRangeAsync(id, "AR = [ TYPE = ETHER, SIZE = 3, MAC = \"02:01:02:03:04:05\", NOTE = x ]", Token);
        AddressRange second = (await NetworkAsync(id)).AddressRanges[1];
        Assert.Equal((1, "ETHER", 3L, "02:01:02:03:04:05", "02:01:02:03:04:07"), (second.Id, second.Type, second.Size, second.Mac, second.MacEnd));

        await Networks.UpdateRangeAsync(id, "AR = [ AR_ID = 0, SIZE = 12 ]", Token);
        Assert.Equal([12L, 3L], (await NetworkAsync(id)).AddressRanges.Select(r => r.Size));
        await Networks.RemoveRangeAsync(id, 1, cancellationToken: Token);
        Assert.Equal([0], (await NetworkAsync(id)).AddressRanges.Select(r => r.Id));
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => Networks.RemoveRangeAsync(id, 1, cancellationToken: Token));
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => Networks.AddRangeAsync(id, "AR = [ TYPE = IP4, SIZE = 3, IP = \"300.1.1.1\" ]", Token));
        Assert.Single((await NetworkAsync(id)).AddressRanges);
    }

    [Fact]
    public async Task Address_on_hold_is_given_to_nobody()
    {
        int id = await NewNetworkAsync("AR = [ TYPE = IP4, IP = 10.77.0.10, SIZE = 2 ]");
        await Networks.HoldAsync(id, "LEASES = [ IP = 10.77.0.10 ]", Token);
        VirtualNetwork held = await NetworkAsync(id);
        Assert.Equal((1, "10.77.0.10"), (held.UsedLeases, Assert.Single(held.AddressRanges[0].Leases).Ip));
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => Networks.HoldAsync(id, "LEASES = [ IP = 10.77.0.10 ]", Token));
        string machine = Text($"CPU = 0.1\nMEMORY = 32\nNIC = [ NETWORK_ID = {id} ]\nNAME = ");
        int vm = LaterMachine(await One.VirtualMachines.CreateAsync(machine + Names.New("vm"), onHold: true, Token));
        Assert.Equal("10.77.0.11", (await MachineAsync(vm)).Nics[0].Ip);
        await RefusedAsync(
            OpenNebulaErrorKind.Internal,
            () => One.VirtualMachines.CreateAsync(machine + Names.New("vm"), onHold: true, Token),
            Text($"Cannot get IP/MAC lease from virtual network {id}."));
        Assert.Equal(2, (await NetworkAsync(id)).UsedLeases);

        await Networks.ReleaseAsync(id, "LEASES = [ IP = 10.77.0.10 ]", Token);
        VirtualNetwork released = await NetworkAsync(id);
        Assert.Equal((1, vm), (released.UsedLeases, Assert.Single(released.AddressRanges[0].Leases).MachineId));
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => Networks.DeleteAsync(id, Token));
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => Networks.RemoveRangeAsync(id, 0, cancellationToken: Token));
    }

    [Fact]
    public async Task Reservation_is_a_network_of_its_own_inside_another()
    {
        int id = await NewNetworkAsync();
        string name = Names.New("reservation");
        int reserved = LaterNetwork(await Networks.ReserveAsync(id, $"SIZE = 3\nNAME = {name}", Token));
        VirtualNetwork reservation = await Networks.WaitForStateAsync(reserved, VirtualNetworkState.Ready, Poll.Options, Token);
        Assert.Equal((name, id, 3L), (reservation.Name, reservation.ParentNetworkId, reservation.AddressRanges.Sum(r => r.Size)));
        VirtualNetwork parent = await NetworkAsync(id);
        Assert.Equal(3, parent.UsedLeases);
        Assert.All(parent.AddressRanges[0].Leases, lease => Assert.Equal(reserved, lease.NetworkId));

        await Networks.ReserveAsync(id, Text($"SIZE = 2\nNETWORK_ID = {reserved}"), Token);
        Assert.Equal(5, (await NetworkAsync(reserved)).AddressRanges.Sum(r => r.Size));
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => Networks.ReserveAsync(id, $"SIZE = 4\nNAME = {Names.New("net")}", Token));
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => Networks.ReserveAsync(id, $"NAME = {Names.New("net")}", Token));
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => Networks.ReserveAsync(id, "SIZE = 1", Token));
        await RefusedAsync(OpenNebulaErrorKind.Action, () => Networks.DeleteAsync(id, Token));

        await Networks.DeleteAsync(reserved, Token);
        await Poll.UntilAsync(ct => Networks.GetAsync(id, cancellationToken: ct), n => n.UsedLeases == 0, "returned reservation");
    }

    [Fact]
    public async Task Network_is_locked()
    {
        int id = await NewNetworkAsync();
        await Networks.LockAsync(id, LockLevel.Manage, cancellationToken: Token);
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization, () => Networks.UpdateAsync(id, "A = 1", cancellationToken: Token), Text($"User [0] : NET is locked. [{id}]."));
        await Networks.UnlockAsync(id, Token);
        await Networks.UpdateAsync(id, "A = 1", cancellationToken: Token);
    }

    [Fact]
    public async Task Network_template_gives_networks()
    {
        int template = Later(
            "network template",
            await One.VirtualNetworkTemplates.CreateAsync($"NAME = {Names.New("vntemplate")}\nVN_MAD = dummy\nBRIDGE = br-contract\nLABEL = a", Token),
            (t, ct) => One.VirtualNetworkTemplates.DeleteAsync(t, ct));
        await One.VirtualNetworkTemplates.UpdateAsync(template, "DNS = 10.77.0.1", cancellationToken: Token);
        string name = Names.New("net");
        int id = LaterNetwork(await One.VirtualNetworkTemplates.InstantiateAsync(
            template, name, "LABEL = b\nAR = [ TYPE = IP4, IP = 10.77.0.10, SIZE = 4 ]", Token));
        VirtualNetwork network = await Networks.WaitForStateAsync(id, VirtualNetworkState.Ready, Poll.Options, Token);
        Assert.Equal((name, "b", "10.77.0.1"), (network.Name, network.Template.Get("LABEL"), network.Template.Get("DNS")));
        Assert.Equal(4, Assert.Single(network.AddressRanges).Size);
        await RefusedAsync(
            OpenNebulaErrorKind.Allocate,
            () => One.VirtualNetworkTemplates.InstantiateAsync(template, name, cancellationToken: Token),
            Text($"Error allocating a new virtual network template. NAME is already taken by NET {id}."));
        int clone = Later(
            "network template",
            await One.VirtualNetworkTemplates.CloneAsync(template, Names.New("clone"), Token),
            (t, ct) => One.VirtualNetworkTemplates.DeleteAsync(t, ct));
        Assert.Equal("a", (await One.VirtualNetworkTemplates.GetAsync(clone, cancellationToken: Token)).Template.Get("LABEL"));
    }

    [Fact]
    public async Task Security_group_is_made_changed_and_deleted()
    {
        int id = Later(
            "security group",
            await One.SecurityGroups.CreateAsync($"NAME = {Names.New("rules")}\nRULE = [ PROTOCOL = TCP, RULE_TYPE = inbound, RANGE = 22 ]", Token),
            (g, ct) => One.SecurityGroups.DeleteAsync(g, ct));
        await One.SecurityGroups.UpdateAsync(id, "RULE = [ PROTOCOL = ALL, RULE_TYPE = outbound ]", cancellationToken: Token);
        SecurityGroup group = await One.SecurityGroups.GetAsync(id, cancellationToken: Token);
        Assert.Equal(["ALL"], group.Template.Vectors("RULE").Select(r => r.Get("PROTOCOL")));
        await Assert.ThrowsAsync<OpenNebulaCallException>(
            () => One.SecurityGroups.CreateAsync($"NAME = {Names.New("rules")}\nRULE = [ PROTOCOL = TCP, RULE_TYPE = sideways ]", Token));
        await One.SecurityGroups.DeleteAsync(id, Token);
        await RefusedAsync(OpenNebulaErrorKind.NoExists, () => One.SecurityGroups.GetAsync(id, cancellationToken: Token));
    }

    private Task<VirtualNetwork> NetworkAsync(int id) => Networks.GetAsync(id, cancellationToken: Token);
}
