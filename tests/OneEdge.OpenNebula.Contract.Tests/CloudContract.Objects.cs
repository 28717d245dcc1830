using System.Globalization;

namespace OneEdge.OpenNebula.Contract.Tests;

// What the tests make: each object is taken away at the end.
public abstract partial class CloudContract
{
    /// <summary>A user of his own, and the cloud in his hands.</summary>
    private protected async Task<(int Id, string Name, OpenNebulaClient One)> NewUserAsync(params int[] groups)
    {
        (string name, string secret) = (Names.New("user"), Names.New("secret"));
        int id = Later("user", await One.Users.CreateAsync(name, secret, groupIds: groups, cancellationToken: Token), (u, ct) => One.Users.DeleteAsync(u, ct));
        return (id, name, new OpenNebulaClient(Cloud.Connect(name, secret)));
    }

    private protected async Task<int> NewGroupAsync() =>
        Later("group", await One.Groups.CreateAsync(Names.New("group"), Token), (g, ct) => One.Groups.DeleteAsync(g, ct));

    private protected async Task<int> NewClusterAsync() =>
        Later("cluster", await One.Clusters.CreateAsync(Names.New("cluster"), Token), (c, ct) => One.Clusters.DeleteAsync(c, ct));

    private protected async Task<int> NewHostAsync(int? cluster = null) => Later(
        "host", await One.Hosts.CreateAsync(Names.New("host"), "dummy", "dummy", cluster, Token), (h, ct) => One.Hosts.DeleteAsync(h, ct));

    private protected async Task<int> NewTemplateAsync(string more = "", OpenNebulaClient? owner = null) => Later(
        "template",
        await (owner ?? One).Templates.CreateAsync($"NAME = {Names.New("template")}\nCPU = 0.1\nMEMORY = 32\n{more}", Token),
        async (t, ct) =>
        {
            await One.Templates.UnlockAsync(t, ct);
            await One.Templates.DeleteAsync(t, cancellationToken: ct);
        });

    private protected async Task<int> NewDocumentAsync(DocumentType type, string more = "", OpenNebulaClient? owner = null) =>
        LaterDocument(await (owner ?? One).Documents.CreateAsync($"NAME = {Names.New("document")}\n{more}", type, Token));

    private protected int LaterDocument(int id) => Later("document", id, async (d, ct) =>
    {
        await One.Documents.UnlockAsync(d, ct);
        await One.Documents.DeleteAsync(d, ct);
    });

    private protected async Task<int> NewNetworkAsync(string more = "AR = [ TYPE = IP4, IP = 10.77.0.10, SIZE = 8 ]")
    {
        int id = LaterNetwork(await One.VirtualNetworks.CreateAsync(
            $"NAME = {Names.New("net")}\nVN_MAD = dummy\nBRIDGE = br-contract\n{more}", await ClusterForNetworksAsync(), Token));
        await One.VirtualNetworks.WaitForStateAsync(id, VirtualNetworkState.Ready, Poll.Options, Token);
        return id;
    }

    private protected int LaterNetwork(int id) => Later("network", id, async (n, ct) =>
    {
        await One.VirtualNetworks.DeleteAsync(n, ct);
        await Poll.UntilAsync(t => ExistsAsync(() => One.VirtualNetworks.GetAsync(n, cancellationToken: t)), there => !there, "deleted network");
    });

    /// <summary>An empty disk in the datastore of the stage.</summary>
    private protected async Task<int> NewImageAsync(string more = "TYPE = DATABLOCK\nSIZE = 10")
    {
        int id = LaterImage(await One.Images.CreateAsync($"NAME = {Names.New("image")}\n{more}", Stage.ImageDatastoreId, cancellationToken: Token));
        await One.Images.WaitForStateAsync(id, ImageState.Ready, Poll.Options, Token);
        return id;
    }

    private protected int LaterImage(int id) => Later("image", id, async (i, ct) =>
    {
        await One.Images.DeleteAsync(i, cancellationToken: ct);
        await Poll.UntilAsync(t => ExistsAsync(() => One.Images.GetAsync(i, cancellationToken: t)), there => !there, "deleted image");
    });

    /// <summary>A machine that nobody starts.</summary>
    private protected async Task<int> NewHeldMachineAsync(string more = "", OpenNebulaClient? owner = null) => LaterMachine(
        await (owner ?? One).VirtualMachines.CreateAsync($"NAME = {Names.New("vm")}\nCPU = 0.1\nMEMORY = 32\n{Requirements}\n{more}", onHold: true, Token));

    private protected async Task<int> NewRunningMachineAsync(string more = "")
    {
        int id = await NewHeldMachineAsync(more);
        await DeployAsync(id);
        return id;
    }

    private protected async Task DeployAsync(int id)
    {
        await One.VirtualMachines.DeployAsync(id, Stage.HostId, new DeployOptions { DatastoreId = Stage.SystemDatastoreId }, Token);
        await RunningAsync(id);
    }

    private protected int LaterMachine(int id) => Later("machine", id, async (v, ct) =>
    {
        VirtualMachine machine = await One.VirtualMachines.GetAsync(v, cancellationToken: ct);
        if (machine.State == VmState.Done) return;
        await One.VirtualMachines.UnlockAsync(v, ct);
        await One.VirtualMachines.RecoverAsync(v, VmRecovery.Delete, ct);
        await Poll.UntilAsync(t => One.VirtualMachines.GetAsync(v, cancellationToken: t), m => m.State == VmState.Done, "deleted machine");
    });

    private protected Task<VirtualMachine> RunningAsync(int id) => One.VirtualMachines.WaitForStateAsync(id, LcmState.Running, Poll.Options, Token);

    private protected Task<VirtualMachine> StateAsync(int id, VmState state) => One.VirtualMachines.WaitForStateAsync(id, state, Poll.Options, Token);

    private protected Task<VirtualMachine> MachineAsync(int id) => One.VirtualMachines.GetAsync(id, cancellationToken: Token);

    private protected static async Task<bool> ExistsAsync<T>(Func<Task<T>> read)
    {
        try
        {
            await read();
            return true;
        }
        catch (OpenNebulaCallException e) when (e.Kind == OpenNebulaErrorKind.NoExists)
        {
            return false;
        }
    }

    private protected static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private string Requirements => NeedsStage ? Stage.Requirements : "";

    private async Task<int?> ClusterForNetworksAsync() => NeedsStage ? Stage.ClusterId : await NewClusterAsync();
}
