namespace OneEdge.OpenNebula.Contract.Tests;

public abstract class QuotaContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    private const int Users = 1;

    private static readonly string[] OfMachines = ["VMS", "CPU", "MEMORY", "RUNNING_VMS", "RUNNING_CPU", "RUNNING_MEMORY"];

    protected override bool NeedsStage => true;

    [Fact]
    public async Task Limits_are_shown_and_taken_back()
    {
        (int id, _, _) = await NewUserAsync();
        await One.Users.SetQuotasAsync(id, "VM = [ VMS = 7, CPU = 1.5, MEMORY = 1024 ]\nNETWORK = [ ID = 0, LEASES = 3 ]", Token);
        TemplateAttribute vm = (await UserQuotasAsync(id)).VirtualMachines.Vector("VM")!;
        Assert.Equal(["7", "1.50", "1024", "-1", "0"], ((string[])["VMS", "CPU", "MEMORY", "RUNNING_VMS", "VMS_USED"]).Select(n => vm.Get(n)));
        Assert.Equal("3", (await UserQuotasAsync(id)).Networks.Vector("NETWORK")!.Get("LEASES"));
        await One.Users.SetQuotasAsync(id, "VM = [ VMS = -1, CPU = -1, MEMORY = -1 ]\nNETWORK = [ ID = 0, LEASES = -1 ]", Token);
        Assert.Null((await UserQuotasAsync(id)).VirtualMachines.Vector("VM"));
        Assert.Null((await UserQuotasAsync(id)).Networks.Vector("NETWORK"));
    }

    [Fact]
    public async Task Wrong_limits_are_refused()
    {
        (int id, _, _) = await NewUserAsync();
        await RefusedAsync(
            OpenNebulaErrorKind.Action,
            () => One.Users.SetQuotasAsync(id, "VM = [ VMS = -3 ]", Token),
            "Negative limits or bad format in quota VM = [ VMS=-3 ]");
        await RefusedAsync(
            OpenNebulaErrorKind.Action,
            () => One.Users.SetQuotasAsync(id, "DATASTORE = [ SIZE = 5 ]", Token),
            "Negative limits or bad format in quota DATASTORE = [ SIZE=5 ]");
        await RefusedAsync(OpenNebulaErrorKind.Action, () => One.Users.SetQuotasAsync(0, "VM = [ VMS = 5 ]", Token), "Cannot set quotas for oneadmin user");
        await RefusedAsync(OpenNebulaErrorKind.Action, () => One.Groups.SetQuotasAsync(0, "VM = [ VMS = 5 ]", Token), "Cannot set quotas for oneadmin group");
        Assert.Null((await UserQuotasAsync(id)).VirtualMachines.Vector("VM"));
    }

    [Fact]
    public async Task Limits_of_a_user_bind()
    {
        (int id, _, OpenNebulaClient own) = await NewUserAsync();
        int template = await NewTemplateAsync(owner: own);
        var onHold = new InstantiateOptions { OnHold = true };
        await One.Users.SetQuotasAsync(id, "VM = [ VMS = 5, CPU = 1, MEMORY = 16 ]", Token);
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization,
            () => own.Templates.InstantiateAsync(template, onHold, Token),
            Text($"User [{id}] : user [{id}] limit of 16 reached for MEMORY quota in VM."));
        await One.Users.SetQuotasAsync(id, "VM = [ VMS = 1, CPU = 1, MEMORY = 1024 ]", Token);
        LaterMachine(await own.Templates.InstantiateAsync(template, onHold, Token));
        await RefusedAsync(OpenNebulaErrorKind.Authorization, () => own.Templates.InstantiateAsync(template, onHold, Token));
    }

    [Fact]
    public async Task Limits_of_a_group_bind()
    {
        (int group, int user, OpenNebulaClient own) = await NewMemberAsync();
        await One.Groups.SetQuotasAsync(group, "VM = [ RUNNING_CPU = 0.1 ]", Token);
        await NewHeldMachineAsync(owner: own);
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization,
            () => own.VirtualMachines.CreateAsync("CPU = 0.1\nMEMORY = 32", onHold: true, Token),
            Text($"User [{user}] : group [{group}] limit of 0.1 reached for RUNNING_CPU quota in VM."));
    }

    [Fact]
    public async Task Machine_counts_for_its_user_and_group_until_it_is_gone()
    {
        (int group, int user, OpenNebulaClient own) = await NewMemberAsync();
        int vm = await NewHeldMachineAsync(owner: own);
        Assert.Equal("1 0.10 32 1 0.10 32", await MachinesOfAsync(user));
        Assert.Equal("1 0.10 32 1 0.10 32", Used((await One.Groups.GetAsync(group, cancellationToken: Token)).Quotas!.VirtualMachines, "VM", null, OfMachines));
        await One.VirtualMachines.RecoverAsync(vm, VmRecovery.Delete, Token);
        await StateAsync(vm, VmState.Done);
        await Poll.UntilAsync(_ => MachinesOfAsync(user), used => used.Length == 0, "user without machines");
    }

    [Fact]
    public async Task Machine_that_is_off_is_not_resumed_over_a_limit()
    {
        (_, int user, OpenNebulaClient own) = await NewMemberAsync();
        int vm = await NewHeldMachineAsync(owner: own);
        await DeployAsync(vm);
        await own.VirtualMachines.PowerOffAsync(vm, hard: true, cancellationToken: Token);
        await StateAsync(vm, VmState.PowerOff);
        await Poll.UntilAsync(_ => MachinesOfAsync(user), used => used == "1 0.10 32 0 0 0", "machine that does not count as running");
        await One.Users.SetQuotasAsync(user, "VM = [ RUNNING_VMS = 0 ]", Token);
        await RefusedAsync(
            OpenNebulaErrorKind.Action,
            () => own.VirtualMachines.ResumeAsync(vm, Token),
            Text($"user [{user}] limit of 0 reached for RUNNING_VMS quota in VM"));
        await One.Users.SetQuotasAsync(user, "VM = [ RUNNING_VMS = 1 ]", Token);
        await own.VirtualMachines.ResumeAsync(vm, Token);
        await RunningAsync(vm);
        Assert.Equal("1 0.10 32 1 0.10 32", await MachinesOfAsync(user));
    }

    [Fact]
    public async Task Machine_is_not_resized_over_a_limit()
    {
        (_, int user, OpenNebulaClient own) = await NewMemberAsync();
        int vm = await NewHeldMachineAsync(owner: own);
        await One.Users.SetQuotasAsync(user, "VM = [ MEMORY = 64 ]", Token);
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization,
            () => own.VirtualMachines.ResizeAsync(vm, "MEMORY = 65", cancellationToken: Token),
            Text($"User [{user}] : user [{user}] limit of 64 reached for MEMORY quota in VM."));
        await own.VirtualMachines.ResizeAsync(vm, "MEMORY = 64", cancellationToken: Token);
        Assert.Equal("1 0.10 64 1 0.10 64", await MachinesOfAsync(user));
    }

    [Fact]
    public async Task New_owner_takes_over_what_is_used_if_there_is_room()
    {
        (_, int user, OpenNebulaClient own) = await NewMemberAsync();
        (int other, _, _) = await NewUserAsync();
        int vm = await NewHeldMachineAsync(owner: own);
        await One.Users.SetQuotasAsync(other, "VM = [ MEMORY = 31 ]", Token);
        OpenNebulaCallException error = await RefusedAsync(
            OpenNebulaErrorKind.Authorization, () => One.VirtualMachines.ChangeOwnerAsync(vm, other, cancellationToken: Token));
        Assert.EndsWith(Text($"user [{other}] limit of 31 reached for MEMORY quota in VM."), error.ServerMessage, StringComparison.Ordinal);
        Assert.Equal("1 0.10 32 1 0.10 32", await MachinesOfAsync(user));
        await One.Users.SetQuotasAsync(other, "VM = [ MEMORY = 32 ]", Token);
        await One.VirtualMachines.ChangeOwnerAsync(vm, other, cancellationToken: Token);
        Assert.Equal(("", "1 0.10 32 1 0.10 32"), (await MachinesOfAsync(user), await MachinesOfAsync(other)));
    }

    [Fact]
    public async Task Addresses_of_machines_are_counted_and_limited()
    {
        (_, int user, OpenNebulaClient own) = await NewMemberAsync();
        int network = await NewNetworkAsync();
        await One.Users.SetQuotasAsync(user, Text($"NETWORK = [ ID = {network}, LEASES = 1 ]"), Token);
        string nic = Text($"NIC = [ NETWORK_ID = {network} ]");
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization,
            () => own.VirtualMachines.CreateAsync($"CPU = 0.1\nMEMORY = 32\n{nic}\n{nic}", onHold: true, Token),
            Text($"User [{user}] : user [{user}] limit of 1 reached for LEASES quota in NETWORK with ID: {network}."));
        Assert.Equal("0", Used((await UserQuotasAsync(user)).Networks, "NETWORK", network, "LEASES"));
        await NewHeldMachineAsync(nic, own);
        Assert.Equal("1", Used((await UserQuotasAsync(user)).Networks, "NETWORK", network, "LEASES"));
    }

    [Fact]
    public async Task Reserved_addresses_count_for_the_owner_of_the_reservation()
    {
        (_, int user, _) = await NewMemberAsync();
        int network = await NewNetworkAsync();
        int reservation = LaterNetwork(await One.VirtualNetworks.ReserveAsync(network, $"SIZE = 3\nNAME = {Names.New("reservation")}", Token));
        await One.VirtualNetworks.WaitForStateAsync(reservation, VirtualNetworkState.Ready, Poll.Options, Token);
        await One.VirtualNetworks.ChangeOwnerAsync(reservation, user, cancellationToken: Token);
        Assert.Equal("3", Used((await UserQuotasAsync(user)).Networks, "NETWORK", network, "LEASES"));
        await One.Users.SetQuotasAsync(user, Text($"NETWORK = [ ID = {network}, LEASES = 4 ]"), Token);
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization,
            () => One.VirtualNetworks.ReserveAsync(network, Text($"SIZE = 2\nNETWORK_ID = {reservation}"), Token),
            Text($"User [{user}] : user [{user}] limit of 4 reached for LEASES quota in NETWORK with ID: {network}."));
        await One.VirtualNetworks.RemoveRangeAsync(reservation, 0, cancellationToken: Token);
        Assert.Equal("0", Used((await UserQuotasAsync(user)).Networks, "NETWORK", network, "LEASES"));
    }

    [Fact]
    public async Task Images_are_counted_and_limited_by_number_and_size()
    {
        (_, int user, _) = await NewMemberAsync();
        int image = await NewImageAsync();
        await One.Images.ChangeOwnerAsync(image, user, cancellationToken: Token);
        Assert.Equal("10 1", await StoredAsync(user));
        await One.Users.SetQuotasAsync(user, Text($"DATASTORE = [ ID = {Stage.ImageDatastoreId}, SIZE = 19, IMAGES = 2 ]"), Token);
        int other = await NewImageAsync();
        OpenNebulaCallException error = await RefusedAsync(
            OpenNebulaErrorKind.Authorization, () => One.Images.ChangeOwnerAsync(other, user, cancellationToken: Token));
        Assert.EndsWith(
            Text($"user [{user}] limit of 19 reached for SIZE quota in DATASTORE with ID: {Stage.ImageDatastoreId}."),
            error.ServerMessage,
            StringComparison.Ordinal);
        await One.Images.DeleteAsync(image, cancellationToken: Token);
        await Poll.UntilAsync(_ => StoredAsync(user), used => used == "0 0", "user without images");
        await One.Images.ChangeOwnerAsync(other, user, cancellationToken: Token);
        Assert.Equal("10 1", await StoredAsync(user));
    }

    [Fact]
    public async Task Disks_of_an_image_are_counted_and_limited()
    {
        (_, int user, OpenNebulaClient own) = await NewMemberAsync();
        int image = await NewImageAsync();
        await One.Images.ChangePermissionsAsync(image, PermissionChange.ToOctal("604"), Token);
        await One.Users.SetQuotasAsync(user, Text($"IMAGE = [ ID = {image}, RVMS = 1 ]"), Token);
        string disk = Text($"DISK = [ IMAGE_ID = {image} ]");
        int vm = await NewHeldMachineAsync(disk, own);
        Assert.Equal("1", Used((await UserQuotasAsync(user)).Images, "IMAGE", image, "RVMS"));
        Assert.Equal("10", Used((await UserQuotasAsync(user)).VirtualMachines, "VM", null, "SYSTEM_DISK_SIZE"));
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization,
            () => own.VirtualMachines.CreateAsync($"CPU = 0.1\nMEMORY = 32\n{disk}", onHold: true, Token),
            Text($"User [{user}] : user [{user}] limit of 1 reached for RVMS quota in IMAGE with ID: {image}."));
        await own.VirtualMachines.TerminateAsync(vm, cancellationToken: Token);
        await StateAsync(vm, VmState.Done);
        await Poll.UntilAsync(async _ => Used((await UserQuotasAsync(user)).Images, "IMAGE", image, "RVMS"), used => used == "0", "image without machines");
    }

    [Fact]
    public async Task Limit_of_everybody_binds_who_has_none_of_his_own()
    {
        (_, int user, OpenNebulaClient own) = await NewMemberAsync();
        int network = await NewNetworkAsync();

        // A network of this test alone: nobody else is bound.
        Later("default quota", network, (n, ct) => One.Users.SetDefaultQuotasAsync(Text($"NETWORK = [ ID = {n}, LEASES = -2 ]"), ct));
        await One.Users.SetDefaultQuotasAsync(Text($"NETWORK = [ ID = {network}, LEASES = 0 ]"), Token);
        Assert.Contains((await One.Users.GetDefaultQuotasAsync(Token)).Networks.Vectors("NETWORK"), q => q.Get("ID") == Number(network));
        string nic = Text($"NIC = [ NETWORK_ID = {network} ]");
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization,
            () => own.VirtualMachines.CreateAsync($"CPU = 0.1\nMEMORY = 32\n{nic}", onHold: true, Token),
            Text($"User [{user}] : user [{user}] limit of 0 reached for LEASES quota in NETWORK with ID: {network}."));
        await One.Users.SetQuotasAsync(user, Text($"NETWORK = [ ID = {network}, LEASES = -2 ]"), Token);
        await NewHeldMachineAsync(nic, own);
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization,
            () => own.Users.SetDefaultQuotasAsync(Text($"NETWORK = [ ID = {network}, LEASES = -2 ]"), Token),
            Text($"User [{user}] : The default quotas can only be updated by users in the oneadmin group."));
    }

    /// <summary>A user in a group of his own, who may make machines as all users may.</summary>
    private async Task<(int Group, int User, OpenNebulaClient One)> NewMemberAsync()
    {
        int group = await NewGroupAsync();
        (int user, _, OpenNebulaClient own) = await NewUserAsync(group, Users);
        return (group, user, own);
    }

    private async Task<Quotas> UserQuotasAsync(int user) => (await One.Users.GetAsync(user, cancellationToken: Token)).Quotas!;

    private async Task<string> MachinesOfAsync(int user) => Used((await UserQuotasAsync(user)).VirtualMachines, "VM", null, OfMachines);

    private async Task<string> StoredAsync(int user) =>
        Used((await UserQuotasAsync(user)).Datastores, "DATASTORE", Stage.ImageDatastoreId, "SIZE", "IMAGES");

    private static string Used(StoredTemplate quotas, string kind, int? id, params string[] metrics)
    {
        TemplateAttribute? quota = quotas.Vectors(kind).FirstOrDefault(q => id is null || q.Get("ID") == Number(id.Value));
        return quota is null ? "" : string.Join(' ', metrics.Select(m => quota.Get($"{m}_USED")));
    }
}
