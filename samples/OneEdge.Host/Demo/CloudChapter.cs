using OneEdge.OpenNebula;

namespace OneEdge.Host.Demo;

/// <summary>OneEdge.OpenNebula: virtual machines on a cloud in this process, an error, a host that dies, a document.</summary>
internal sealed class CloudChapter : IDemoChapter
{
    public string Title => "OneEdge.OpenNebula: virtual machines run on a cloud inside of this process";

    public async Task RunAsync(DemoStory story, string directory, CancellationToken cancellationToken)
    {
        using var cloud = new EmbeddedCloud(new EmbeddedCloudOptions { Hosts = 3 });
        var one = new OpenNebulaClient(cloud.Rpc);
        int template = await StoreAsync(story, one, cancellationToken);
        int machine = await StartAsync(story, cloud, one, template, cancellationToken);
        await FailAsync(story, cloud, one, template, cancellationToken);
        await LoseHostAsync(story, cloud, one, machine, cancellationToken);
        await KeepAsync(story, cloud, cancellationToken);
    }

    private static async Task<int> StoreAsync(DemoStory story, OpenNebulaClient one, CancellationToken cancellationToken)
    {
        OpenNebulaTemplate text = OpenNebulaTemplate.Parse("# A small web server.\nNAME   = web\nCPU    = 0.5\nMEMORY = 512\n").With("MEMORY", "1024");
        int id = await one.Templates.CreateAsync(text, cancellationToken);
        story.Lines("A template is changed, its comment and layout stay, and it is stored:", text.ToString().TrimEnd());
        return id;
    }

    private static async Task<int> StartAsync(DemoStory story, EmbeddedCloud cloud, OpenNebulaClient one, int template, CancellationToken cancellationToken)
    {
        int id = await one.Templates.InstantiateAsync(template, new InstantiateOptions { Name = "web-1", OnHold = true }, cancellationToken);
        List<string> seen = [];
        await foreach (CloudEvent happened in cloud.Events.WatchAsync(EventFilter.VirtualMachine(id), cancellationToken))
        {
            if (happened is Gap) await one.VirtualMachines.ReleaseAsync(id, cancellationToken);
            else seen.Add(happened.ToString()!);
            if (happened is VmStateChanged { IsRunning: true }) break;
        }

        story.Lines("A virtual machine is made of it and released; its events are followed until it runs:", string.Join('\n', seen));
        return id;
    }

    private static async Task FailAsync(DemoStory story, EmbeddedCloud cloud, OpenNebulaClient one, int template, CancellationToken cancellationToken)
    {
        int id;
        using (cloud.Script.Fail(EmbeddedWork.Deploy))
            id = await one.Templates.InstantiateAsync(template, new InstantiateOptions { Name = "web-2" }, cancellationToken);
        try
        {
            await one.VirtualMachines.WaitForStateAsync(id, LcmState.Running, cancellationToken: cancellationToken);
            throw new InvalidOperationException("A machine runs that could not be started.");
        }
        catch (OpenNebulaStateException e)
        {
            story.Lines("Another one cannot be started: whoever waits for it learns that at once, and why.", e.Message);
        }

        await one.VirtualMachines.RecoverAsync(id, VmRecovery.Retry, cancellationToken);
        VirtualMachine machine = await one.VirtualMachines.WaitForStateAsync(
            id, LcmState.Running, new WaitOptions { FailureGrace = TimeSpan.FromSeconds(10) }, cancellationToken);
        story.Step($"The start is tried again, and it runs on {machine.Placement?.HostName}.");
    }

    private static async Task LoseHostAsync(DemoStory story, EmbeddedCloud cloud, OpenNebulaClient one, int machine, CancellationToken cancellationToken)
    {
        VirtualMachine before = await one.VirtualMachines.GetAsync(machine, cancellationToken: cancellationToken);
        int host = before.Placement!.HostId;
        cloud.Script.StopHost(host);
        VirtualMachine lost = await one.VirtualMachines.GetAsync(machine, cancellationToken: cancellationToken);
        cloud.Script.StartHost(host);
        VirtualMachine back = await one.VirtualMachines.WaitForStateAsync(machine, LcmState.Running, cancellationToken: cancellationToken);
        story.Step($"Its host loses power: {before.Name} is {lost.LcmState}; the host comes back: {back.Name} is {back.LcmState}.");
    }

    private static async Task KeepAsync(DemoStory story, EmbeddedCloud cloud, CancellationToken cancellationToken)
    {
        var documents = new OpenNebulaDocumentStore(cloud.Rpc, writer: "demo");
        DocumentRevision first = await documents.CreateAsync(DocumentType.ServiceTemplate, "notes", """{"machines": 1}""", cancellationToken);
        await documents.UpdateAsync(first.Id, first.Version, """{"machines": 2}""", cancellationToken: cancellationToken);
        try
        {
            await documents.UpdateAsync(first.Id, first.Version, """{"machines": 3}""", cancellationToken: cancellationToken);
            throw new InvalidOperationException("An update was lost.");
        }
        catch (DocumentConflictException)
        {
            StoredDocument kept = await documents.ReadAsync(first.Id, cancellationToken);
            story.Lines("A program keeps a document in the cloud; a change that would undo somebody else's is refused:", kept.BodyText);
        }
    }
}
