namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>Machines whose start fails, and what saves them.</summary>
public abstract class VmFailureContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    protected override bool NeedsStage => true;

    private VirtualMachineClient Vms => One.VirtualMachines;

    public override ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Cloud.SkipReason is null && Cloud.CannotFailReason is not null, Cloud.CannotFailReason ?? "");
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Waiting_for_a_machine_that_failed_ends_with_its_state()
    {
        int id = await NewHeldMachineAsync();
        using (Cloud.FailBoots())
        {
            await Vms.DeployAsync(id, Stage.HostId, new DeployOptions { DatastoreId = Stage.SystemDatastoreId }, Token);
            OpenNebulaStateException error = await Assert.ThrowsAsync<OpenNebulaStateException>(() => RunningAsync(id));
            Assert.Equal(OpenNebulaErrorCodes.StateFailed, error.Code);
        }

        Assert.Equal((VmState.Active, LcmState.BootFailure), ((await MachineAsync(id)).State, (await MachineAsync(id)).LcmState));
    }

    [Fact]
    public async Task Failed_start_is_tried_again()
    {
        int id = await FailedAsync();
        await Vms.RecoverAsync(id, VmRecovery.Retry, Token);
        await LaterStateAsync(id, v => v.LcmState == LcmState.Running);
    }

    [Fact]
    public async Task Failed_start_is_said_to_have_succeeded()
    {
        int id = await FailedAsync();
        await Vms.RecoverAsync(id, VmRecovery.Success, Token);
        await LaterStateAsync(id, v => v.LcmState == LcmState.Running);
    }

    [Fact]
    public async Task Machine_that_failed_is_terminated()
    {
        int id = await FailedAsync();
        await Vms.TerminateAsync(id, cancellationToken: Token);
        await LaterStateAsync(id, v => v.State == VmState.Done);
    }

    [Fact]
    public async Task Machine_that_failed_is_deleted()
    {
        int id = await FailedAsync();
        await Vms.RecoverAsync(id, VmRecovery.Delete, Token);
        await LaterStateAsync(id, v => v.State == VmState.Done);
    }

    [Fact]
    public async Task Machine_that_failed_is_created_anew()
    {
        int id = await FailedAsync();
        await Vms.RecoverAsync(id, VmRecovery.DeleteRecreate, Token);
        await LaterStateAsync(id, v => v.LcmState == LcmState.Running);
    }

    [Fact]
    public async Task Failed_machine_refuses_other_actions()
    {
        int id = await FailedAsync();
        await RefusedAsync(
            OpenNebulaErrorKind.Action,
            () => Vms.PowerOffAsync(id, cancellationToken: Token),
            "Error performing action \"poweroff\": This action is not available for state BOOT_FAILURE");
    }

    // The failure may be there for a moment yet.
    private Task LaterStateAsync(int id, Func<VirtualMachine, bool> isReached) =>
        Poll.UntilAsync(ct => Vms.GetAsync(id, cancellationToken: ct), isReached, "recovered machine");

    private async Task<int> FailedAsync()
    {
        int id = await NewHeldMachineAsync();
        using IDisposable failure = Cloud.FailBoots();
        await Vms.DeployAsync(id, Stage.HostId, new DeployOptions { DatastoreId = Stage.SystemDatastoreId }, Token);
        await Vms.WaitForStateAsync(id, LcmState.BootFailure, Poll.Options, Token);
        return id;
    }
}
