using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using OneEdge.Flow;
using OneEdge.OpenNebula;

namespace OneEdge.Samples.Flow;

/// <summary>The life of a service of three tiers, from its template to its end. Each step is looked at before it is told.</summary>
internal sealed class ShopStory : IAsyncDisposable
{
    private static readonly DateTimeOffset Morning = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Morning);
    private readonly EmbeddedCloud _cloud;
    private readonly OpenNebulaClient _one;
    private readonly FlowEngine _engine;
    private readonly Action<string, string?> _tell;
    private readonly List<string> _lines = [];

    /// <summary>Builds the cloud. With a server, two lines differ: its connection for the client, and its events.</summary>
    /// <param name="tell">Told each step: what was done, and lines that show it.</param>
    public ShopStory(Action<string, string?> tell)
    {
        _tell = tell;
        _cloud = new EmbeddedCloud(new EmbeddedCloudOptions { Hosts = 3, TimeProvider = _time, Delays = EmbeddedCloudDelays.Each(TimeSpan.FromSeconds(5)) });
        _one = new OpenNebulaClient(_cloud.Rpc, time: _time);
        var documents = new OpenNebulaDocumentStore(_cloud.Rpc, "shop", new OpenNebulaDocumentStoreOptions { TimeProvider = _time });
        var options = new FlowEngineOptions
        {
            AutoscalerInterval = TimeSpan.FromSeconds(30),
            LeaseDuration = TimeSpan.FromDays(1),                               // the clock is faster than the engine could renew a short one
        };
        _engine = new FlowEngine(_one, _cloud.Events, documents, options, _time);
    }

    /// <summary>Tells it all.</summary>
    /// <exception cref="StoryException">Something was not as it is told.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        RefuseCycle();
        await _one.Templates.CreateAsync("NAME = small\nCPU = 0.5\nMEMORY = 512", cancellationToken);
        await _one.VirtualNetworkTemplates.CreateAsync(
            "NAME = private\nVN_MAD = dummy\nBRIDGE = br0\nAR = [ TYPE = IP4, IP = 10.0.0.1, SIZE = 100 ]", cancellationToken);
        await _engine.StartAsync(cancellationToken);
        int id = await _engine.InstantiateAsync(ServiceTemplate.Parse(ShopTemplate.Json), cancellationToken: cancellationToken);
        await using IAsyncEnumerator<ServiceNotification> watch = _engine.WatchAsync(id, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await DeployAsync(watch, cancellationToken);
        await ScaleAsync(watch, load: 95, machines: 3, "The load rises to 95: twice in a row LOAD > 80 holds, and the service grows.", cancellationToken);
        await ScaleAsync(watch, load: 5, machines: 2, "The load falls to 5, and it shrinks again.", cancellationToken);
        await LoseHostAsync(id, watch, cancellationToken);
        await UndeployAsync(id, watch, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _cloud.Dispose();
    }

    private void RefuseCycle()
    {
        string cyclic = ShopTemplate.Json.Replace("\"name\": \"db\",", "\"name\": \"db\", \"parents\": [ \"web\" ],", StringComparison.Ordinal);
        ServiceTemplateError[] errors = [.. ServiceTemplate.Validate(cyclic)];
        Check(errors.Any(e => e.Code == FlowErrorCodes.ParentCycle), "roles that wait for each other are refused");
        _tell("A template whose tiers wait for each other is refused before anything is made:", string.Join('\n', errors.Select(e => e.ToString())));
    }

    private async Task DeployAsync(IAsyncEnumerator<ServiceNotification> watch, CancellationToken cancellationToken)
    {
        IReadOnlyList<ServiceNotification> seen = await UntilAsync(watch, ServiceState.Running, cancellationToken);
        string[] order = [.. seen.OfType<RoleStateNotification>().Where(n => n.State == RoleState.Running).Select(n => n.RoleName)];
        Check(order is ["db", "app", "web"], $"the tiers run one after the other, not {string.Join(", ", order)}");
        List<VirtualMachine> machines = await MachinesAsync(cancellationToken);
        Check(machines.Count == 5 && machines.All(vm => vm.LcmState == LcmState.Running), "five virtual machines run");
        string? database = machines[0].Nics[0].Ip?.ToString();
        Check(machines.Where(IsApp).All(vm => vm.UserTemplate.Get("DATABASE") == database), "the middle tier knows the address of the database");
        Show($"Three tiers are deployed, each when the one before it runs; the middle one is told that the database is {database}:");
    }

    private async Task ScaleAsync(IAsyncEnumerator<ServiceNotification> watch, int load, int machines, string told, CancellationToken cancellationToken)
    {
        string text = load.ToString(CultureInfo.InvariantCulture);
        foreach (VirtualMachine vm in (await MachinesAsync(cancellationToken)).Where(IsApp)) _cloud.Script.SetMonitoring(vm.Id, ("LOAD", text));
        await UntilAsync(watch, ServiceState.Scaling, cancellationToken);
        await UntilAsync(watch, ServiceState.Running, cancellationToken);
        int count = (await MachinesAsync(cancellationToken)).Count(IsApp);
        Check(count == machines, $"the middle tier has {machines} virtual machines, not {count}");
        Show(told);
    }

    private async Task LoseHostAsync(int id, IAsyncEnumerator<ServiceNotification> watch, CancellationToken cancellationToken)
    {
        int host = (await MachinesAsync(cancellationToken)).First(IsApp).Placement!.HostId;
        _cloud.Script.StopHost(host);
        await UntilAsync(watch, ServiceState.Warning, cancellationToken);
        VirtualMachine[] lost = [.. (await MachinesAsync(cancellationToken)).Where(vm => vm.LcmState == LcmState.Unknown)];
        Check(lost.Length > 0, "the virtual machines of a dead host are unknown");
        Show($"A host dies, and with it {string.Join(", ", lost.Select(vm => vm.Name))}:");

        // OpenNebula's hook for dead hosts does the same; here one of the new machines does not boot.
        _cloud.Script.Fail(EmbeddedWork.Deploy, times: 1);
        foreach (VirtualMachine vm in lost) await _one.VirtualMachines.RecoverAsync(vm.Id, VmRecovery.DeleteRecreate, cancellationToken);
        await ElapseAsync(async () => HasFailed(await _engine.GetAsync(id)), cancellationToken);
        _lines.Add($"{Clock} made anew on other hosts, and one does not boot; the service is recovered");
        await _engine.RecoverAsync(id, cancellationToken: cancellationToken);
        await UntilAsync(watch, ServiceState.Running, cancellationToken);
        List<VirtualMachine> machines = await MachinesAsync(cancellationToken);
        Check(machines.Count == 5 && machines.All(vm => vm.LcmState == LcmState.Running), "five virtual machines run again");
        Check(machines.All(vm => vm.Placement!.HostId != host), "nothing is left on the dead host");
        Show("It is whole again, without the host:");
    }

    private async Task UndeployAsync(int id, IAsyncEnumerator<ServiceNotification> watch, CancellationToken cancellationToken)
    {
        await _engine.UndeployAsync(id, cancellationToken);
        IReadOnlyList<ServiceNotification> seen = await UntilAsync(watch, ServiceState.Done, cancellationToken);
        string[] order = [.. seen.OfType<VmRemovedNotification>().Select(n => n.RoleName).Distinct()];
        Check(order is ["web", "app", "db"], $"the tiers go in the other order, not {string.Join(", ", order)}");
        Check((await MachinesAsync(cancellationToken)).Count == 0, "no virtual machine is left");
        Check(!await AnyAsync(_one.VirtualNetworks.ListAsync(cancellationToken: cancellationToken)), "no network is left");
        Check(!await AnyAsync(_one.Documents.ListAsync(DocumentType.Service, cancellationToken: cancellationToken)), "no document is left");
        Show("It is undeployed, the last tier first; machines, network and document are gone:");
        _tell($"{_time.GetUtcNow() - Morning:mm\\:ss} of virtual time.", null);
    }

    /// <summary>Lets time go by until the service is in a state, and writes down what happens on the way.</summary>
    private async Task<IReadOnlyList<ServiceNotification>> UntilAsync(
        IAsyncEnumerator<ServiceNotification> watch, ServiceState state, CancellationToken cancellationToken)
    {
        List<ServiceNotification> seen = [];
        while (true)
        {
            Task<bool> next = watch.MoveNextAsync().AsTask();
            await ElapseAsync(() => Task.FromResult(next.IsCompleted), cancellationToken);
            if (!await next) return seen;
            seen.Add(watch.Current);
            if (Line(watch.Current) is { } line) _lines.Add($"{Clock} {line}");
            if (watch.Current is ServiceStateNotification reached && reached.State == state) return seen;
        }
    }

    private static string? Line(ServiceNotification happened) => happened switch
    {
        ServiceStateNotification n => $"the service is {n.State}",
        RoleStateNotification { State: RoleState.Running or RoleState.Warning } n => $"{n.RoleName} is {n.State}",
        VmAddedNotification n => $"{n.RoleName} has VM {n.VmId}",
        VmRemovedNotification n => $"{n.RoleName} is without VM {n.VmId}",
        ServiceLogNotification { Entry.Severity: "E" } n => n.Entry.Message,
        ServiceGoneNotification => "the service is gone",
        _ => null,
    };

    private async Task ElapseAsync(Func<Task<bool>> isOver, CancellationToken cancellationToken)
    {
        while (!await isOver())
        {
            await Task.Delay(1, cancellationToken);
            _time.Advance(TimeSpan.FromSeconds(2));
        }
    }

    private async Task<List<VirtualMachine>> MachinesAsync(CancellationToken cancellationToken)
    {
        List<VirtualMachine> machines = [];
        await foreach (VirtualMachine vm in _one.VirtualMachines.ListAsync(new VmQuery { IsExtended = true }, cancellationToken)) machines.Add(vm);
        return [.. machines.OrderBy(vm => vm.Id)];
    }

    private static bool IsApp(VirtualMachine vm) => vm.UserTemplate.Get("ROLE_NAME") == "app";

    private static bool HasFailed(Service service) => service.Roles.SelectMany(role => role.Nodes).Any(node => node.Condition == VmCondition.Failed);

    private static async Task<bool> AnyAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (T _ in items) return true;
        return false;
    }

    private string Clock => $"{_time.GetUtcNow() - Morning:mm\\:ss}";

    private void Show(string step)
    {
        _tell(step, string.Join('\n', _lines));
        _lines.Clear();
    }

    private static void Check(bool isTrue, string what)
    {
        if (!isTrue) throw new StoryException($"This is not so: {what}.");
    }
}
