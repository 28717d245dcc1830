// OneEdge.OpenNebula in one page: dotnet run --project samples/OpenNebula
using OneEdge.OpenNebula;

// 1. A cloud in this process. With a server only this line differs:
//    IOpenNebulaRpc rpc = await OpenNebulaConnection.FromVariablesAsync(Environment.GetEnvironmentVariable);
using var cloud = new EmbeddedCloud(new EmbeddedCloudOptions
{
    Hosts = 3,
    Delays = EmbeddedCloudDelays.Each(TimeSpan.FromMilliseconds(50)),
});
var one = new OpenNebulaClient(cloud.Rpc);

// 2. A template: read, changed without touching the rest, stored.
OpenNebulaTemplate text = OpenNebulaTemplate.Parse("""
    # A small web server.
    NAME   = web
    CPU    = 0.5
    MEMORY = 512
    """).With("MEMORY", "1024");
int template = await one.Templates.CreateAsync(text);

// 3. A virtual machine, followed until it runs. A stream begins with a gap: what was before is not in it.
using var enough = new CancellationTokenSource(TimeSpan.FromMinutes(1));
int id = await one.Templates.InstantiateAsync(template, new InstantiateOptions { Name = "web-1", OnHold = true });
await foreach (CloudEvent happened in cloud.Events.WatchAsync(EventFilter.VirtualMachine(id), enough.Token))
{
    Console.WriteLine(happened);
    if (happened is Gap { Reason: GapReason.Started }) await one.VirtualMachines.ReleaseAsync(id, enough.Token);
    if (happened is VmStateChanged { IsRunning: true }) break;
}

// 4. Typed objects, page by page.
await foreach (VirtualMachine machine in one.VirtualMachines.ListAsync(VmQuery.Running))
    Console.WriteLine($"{machine.Name} runs on {machine.Placement?.HostName} with {machine.MemoryMb} MiB");

// 5. Something goes wrong: a machine that does not start, and an error that says what.
using (cloud.Script.Fail(EmbeddedWork.Deploy))
{
    int second = await one.Templates.InstantiateAsync(template, new InstantiateOptions { Name = "web-2" });
    try
    {
        await one.VirtualMachines.WaitForStateAsync(second, LcmState.Running);
    }
    catch (OpenNebulaStateException e)
    {
        Console.WriteLine(e.Message);
    }
}

// 6. A document of this program, kept in the cloud. An update that would undo somebody else's is refused.
IDocumentStore documents = new OpenNebulaDocumentStore(cloud.Rpc, writer: "sample");
DocumentRevision note = await documents.CreateAsync(DocumentType.ServiceTemplate, "notes", """{"machines": 1}""");
await documents.UpdateAsync(note.Id, note.Version, """{"machines": 2}""");
try
{
    await documents.UpdateAsync(note.Id, note.Version, """{"machines": 3}""");
}
catch (DocumentConflictException e)
{
    Console.WriteLine(e.Message);
}
