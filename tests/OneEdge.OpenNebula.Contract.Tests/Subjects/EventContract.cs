namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>What a cloud tells of itself. A source that only looks now and then tells the last states, and no calls.</summary>
public abstract class EventContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    protected override bool NeedsStage => true;

    private VirtualMachineClient Vms => One.VirtualMachines;

    [Fact]
    public async Task Start_and_end_of_a_machine_are_told_state_by_state()
    {
        int id = await NewHeldMachineAsync();
        await using Watch watch = await Watch.BeginAsync(Cloud, EventFilter.VirtualMachine(id), Token);
        await Vms.DeployAsync(id, Stage.HostId, new DeployOptions { DatastoreId = Stage.SystemDatastoreId }, Token);
        await AssertStatesAsync(watch, id, "Active/Prolog", "Active/Boot", "Active/Running");
        await Vms.PowerOffAsync(id, cancellationToken: Token);
        await AssertStatesAsync(watch, id, "Active/ShutdownPoweroff", "PowerOff/LcmInit");
        await Vms.ResumeAsync(id, Token);
        await AssertStatesAsync(watch, id, "Active/BootPoweroff", "Active/Running");
        await Vms.TerminateAsync(id, cancellationToken: Token);
        await AssertStatesAsync(watch, id, "Active/Shutdown", "Active/Epilog", "Done/LcmInit");
    }

    [Fact]
    public async Task Machine_that_the_scheduler_starts_is_told_from_its_beginning()
    {
        int template = await NewTemplateAsync(Stage.Requirements);
        await using Watch watch = await Watch.BeginAsync(Cloud, EventFilter.VirtualMachines(), Token);
        int id = LaterMachine(await One.Templates.InstantiateAsync(template, cancellationToken: Token));
        await AssertStatesAsync(watch, id, "Pending/LcmInit", "Active/Prolog", "Active/Boot", "Active/Running");
    }

    [Fact]
    public async Task Message_of_a_machine_holds_all_of_it()
    {
        int id = await NewHeldMachineAsync("LABEL = web\nSERVICE_ID = 77\nDISK = [ TYPE = fs, SIZE = 10, FORMAT = raw ]");
        await using Watch watch = await Watch.BeginAsync(Cloud, EventFilter.VirtualMachine(id, LcmState.Running), Token);
        await DeployAsync(id);
        var told = Assert.IsType<VmStateChanged>(await watch.NextAsync());
        VirtualMachine now = await MachineAsync(id);
        Assert.Equal((id, now.Placement!.HostName, 77), (told.Id, told.RemoteHost, told.ServiceId));
        VirtualMachine vm = told.VirtualMachine;
        Assert.Equal((now.Name, "web", Stage.HostId), (vm.Name, vm.UserTemplate.Get("LABEL"), vm.Placement!.HostId));
        Assert.Equal(10, told.VirtualMachine.Disks[0].SizeMb);
    }

    [Fact]
    public async Task Changes_of_a_service_are_those_of_its_machines()
    {
        int service = Random.Shared.Next(1_000_000, int.MaxValue);
        int other = await NewHeldMachineAsync(Text($"SERVICE_ID = {service / 10}"));
        int mine = await NewHeldMachineAsync(Text($"SERVICE_ID = {service}"));
        await using Watch watch = await Watch.BeginAsync(Cloud, EventFilter.Service(service), Token);
        await Vms.TerminateAsync(other, cancellationToken: Token);
        await Vms.TerminateAsync(mine, cancellationToken: Token);
        var told = Assert.IsType<VmStateChanged>(await watch.NextAsync());
        Assert.Equal((mine, VmState.Done, service), (told.Id, told.State, told.ServiceId));
    }

    [Fact]
    public async Task Host_image_and_network_are_told_of()
    {
        int host = await NewHostAsync();
        await One.Hosts.WaitForStateAsync(host, HostState.Monitored, Poll.Options, Token);
        await using (Watch watch = await Watch.BeginAsync(Cloud, EventFilter.Host(host, HostState.Offline), Token))
        {
            await One.Hosts.SetStatusAsync(host, HostStatus.Offline, Token);
            var told = Assert.IsType<HostStateChanged>(await watch.NextAsync());
            Assert.Equal((host, HostState.Offline), (told.Id, told.Host.State));
        }

        int image = await NewImageAsync();
        await using (Watch watch = await Watch.BeginAsync(Cloud, EventFilter.Image(image, ImageState.Used), Token))
        {
            await NewHeldMachineAsync(Text($"DISK = [ IMAGE_ID = {image} ]"));
            var told = Assert.IsType<ImageStateChanged>(await watch.NextAsync());
            Assert.Equal((image, ImageState.Used), (told.Id, told.Image.State));
        }

        Assert.SkipUnless(Cloud.TellsEverything, "Polling sees no network that is gone.");
        int network = await NewNetworkAsync();
        await using (Watch watch = await Watch.BeginAsync(Cloud, EventFilter.VirtualNetwork(network), Token))
        {
            await One.VirtualNetworks.DeleteAsync(network, Token);
            Assert.Equal(VirtualNetworkState.LockDelete, Assert.IsType<VirtualNetworkStateChanged>(await watch.NextAsync()).State);
            Assert.Equal(VirtualNetworkState.Done, Assert.IsType<VirtualNetworkStateChanged>(await watch.NextAsync()).State);
        }
    }

    [Fact]
    public async Task Calls_are_told_with_what_they_were_given_and_what_they_gave()
    {
        Assert.SkipUnless(Cloud.TellsEverything, "Polling sees no calls.");
        int id = await NewTemplateAsync("A = 1");
        await using Watch watch = await Watch.BeginAsync(
            Cloud, EventFilter.Any(EventFilter.ApiCall("one.template.rename"), EventFilter.ApiCall("one.template.update")), Token);
        string name = Names.New("renamed");
        await One.Templates.RenameAsync(id, name, Token);
        ApiCalled renamed = await watch.CallAsync(c => c.Input(2) == Number(id));
        Assert.Equal(("one.template.rename", true, "****", name), (renamed.Method, renamed.Succeeded, renamed.Input(1), renamed.Input(3)));
        Assert.Equal(("true", Number(id)), (renamed.Output(1)!.ToLowerInvariant(), renamed.Output(2)));

        await One.Templates.UpdateAsync(id, "B = \"<x> & y\"", cancellationToken: Token);
        ApiCalled updated = await watch.CallAsync(c => c.Input(2) == Number(id));
        Assert.Equal(("one.template.update", "B = \"<x> & y\"", "1"), (updated.Method, updated.Input(3), updated.Input(4)));

        await RefusedAsync(OpenNebulaErrorKind.NoExists, () => One.Templates.RenameAsync(2_000_000_000, name, Token));
        ApiCalled failed = await watch.CallAsync(c => c.Input(2) == "2000000000");
        Assert.False(failed.Succeeded);
        Assert.Contains("Error getting virtual machine template [2000000000].", failed.Output(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machine_and_the_call_that_made_it_are_told_in_any_order()
    {
        Assert.SkipUnless(Cloud.TellsEverything, "Polling sees no calls.");
        int template = await NewTemplateAsync();
        await using Watch watch = await Watch.BeginAsync(
            Cloud, EventFilter.Any(EventFilter.VirtualMachines(VmState.Hold), EventFilter.ApiCall("one.template.instantiate")), Token);
        int id = LaterMachine(await One.Templates.InstantiateAsync(template, new InstantiateOptions { OnHold = true }, Token));
        // The machine comes first nearly always; the hook manager of a real cloud gets both from threads of their own.
        CloudEvent[] told = [await watch.NextAsync(), await watch.NextAsync()];
        Assert.Equal(id, Assert.Single(told.OfType<VmStateChanged>()).Id);
        ApiCalled call = Assert.Single(told.OfType<ApiCalled>());
        Assert.Equal((Number(template), Number(id)), (call.Input(2), call.Output(2)));
    }

    [Fact]
    public async Task Reads_are_not_told()
    {
        Assert.SkipUnless(Cloud.TellsEverything, "Polling sees no calls.");
        int id = await NewTemplateAsync();
        await using Watch watch = await Watch.BeginAsync(
            Cloud,
            EventFilter.Any(
                EventFilter.ApiCall("one.template.info"), EventFilter.ApiCall("one.templatepool.info"), EventFilter.ApiCall("one.template.rename")),
            Token);
        await One.Templates.GetAsync(id, cancellationToken: Token);
        await One.Templates.ReadPageAsync(PoolRange.All, cancellationToken: Token);
        await One.Templates.RenameAsync(id, Names.New("renamed"), Token);
        Assert.Equal("one.template.rename", Assert.IsType<ApiCalled>(await watch.NextAsync()).Method);
    }

    // A source that polls may miss all but the last.
    private async Task AssertStatesAsync(Watch watch, int id, params string[] states)
    {
        for (int i = 0; i < states.Length;)
        {
            if (await watch.NextAsync() is not VmStateChanged told || told.Id != id) continue;
            string state = $"{told.State}/{told.LcmState}";
            if (Cloud.TellsEverything && state is "Active/LcmInit") continue;
            if (Cloud.TellsEverything) Assert.Equal(states[i], state);
            else if (states.IndexOf(state) < i) Assert.Fail($"{state} among {string.Join(", ", states)}");
            i = states.IndexOf(state) + 1;
        }
    }
}
