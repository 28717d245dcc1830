using System.Globalization;
using OneEdge.Comparison;
using OneEdge.Comparison.Flow;

// Whole processes beside the original, in one run; what is absent of the original is left out:
//   dotnet run -c Release --project benchmarks/Comparison -- config OUR_HOST INPUTS [ORIGINAL] [RUNS] [ORIGINAL_DIFF]
//   dotnet run -c Release --project benchmarks/Comparison -- opennebula OUR_HOST VM_XML [ORIGINAL] [RUNS]
//   dotnet run -c Release --project benchmarks/Comparison -- storage OUR_HOST INPUTS QEMU_IMG [RUNS]
//   dotnet run -c Release --project benchmarks/Comparison -- flow-machine
//   dotnet run -c Release --project benchmarks/Comparison -- flow-embedded SERVICES VMS memory|sqlite [calls]
//   dotnet run -c Release --project benchmarks/Comparison -- flow-scenarios [memory|sqlite]
//   dotnet run -c Release --project benchmarks/Comparison -- oneflow URL USER:PASSWORD [VM_TEMPLATE]
// OUR_HOST is the published native host, RUNS the number of runs, 5 when absent.
// config: INPUTS is the folder with the inputs of the recorded figures, ORIGINAL the original's onecfg, ORIGINAL_DIFF a program that prints
// the original's difference of two files.
// storage: INPUTS is the folder with the images of the recorded figures.
// flow-embedded and flow-scenarios: the engine in this process, on the embedded cloud. oneflow: any API of OneFlow, beside the core at ONE_XMLRPC alone.
// opennebula: VM_XML is a file with the <VM> that the pool repeats, ORIGINAL the original's onevm.
string? At(int index) => index < args.Length ? args[index] : null;
string? Existing(int index) => At(index) is { } path && File.Exists(path) ? path : null;
int runs = int.TryParse(At(4), CultureInfo.InvariantCulture, out int count) ? count : 5;
switch (args)
{
    case ["config", var host, var inputs, ..]:
        new ConfigComparison(host, inputs, runs).Run(Existing(3), Existing(5));
        return 0;
    case ["opennebula", var host, var machine, ..]:
        await new PoolComparison(host, File.ReadAllText(machine).Trim(), runs).RunAsync(Existing(3));
        return 0;
    case ["storage", var host, var inputs, var qemuImg, ..]:
        await new StorageComparison(host, Path.GetFullPath(inputs), qemuImg, runs).RunAsync();
        return 0;
    case ["flow-embedded", var services, var machines, ("memory" or "sqlite") and var documents, ..]:
        EmbeddedFigures.Head();
        await new EmbeddedFigures(
            int.Parse(services, CultureInfo.InvariantCulture),
            int.Parse(machines, CultureInfo.InvariantCulture),
            documents == "sqlite",
            showsCalls: At(4) == "calls").RunAsync();
        return 0;
    case ["flow-machine"]:
        MachineFigures.Run();
        return 0;
    case ["flow-scenarios", ..]:
        await using (EmbeddedFlow flow = await EmbeddedFlow.StartAsync(At(1) == "sqlite"))
            await new FlowScenarios(new EngineApi(flow), flow.Client, vmTemplate: 0, TimeSpan.FromMinutes(1)).RunAsync();
        return 0;
    case ["oneflow", var address, var credentials, ..]:
        return await OneFlowFigures.RunAsync(new Uri(address), credentials, At(3) is { } template ? int.Parse(template, CultureInfo.InvariantCulture) : null);
    default:
        Console.Error.WriteLine("usage: OneEdge.Comparison config OUR_HOST INPUTS [ORIGINAL] [RUNS] [ORIGINAL_DIFF]");
        Console.Error.WriteLine("       OneEdge.Comparison opennebula OUR_HOST VM_XML [ORIGINAL] [RUNS]");
        Console.Error.WriteLine("       OneEdge.Comparison storage OUR_HOST INPUTS QEMU_IMG [RUNS]");
        Console.Error.WriteLine("       OneEdge.Comparison flow-machine");
        Console.Error.WriteLine("       OneEdge.Comparison flow-embedded SERVICES VMS memory|sqlite [calls]");
        Console.Error.WriteLine("       OneEdge.Comparison flow-scenarios [memory|sqlite]");
        Console.Error.WriteLine("       OneEdge.Comparison oneflow URL USER:PASSWORD [VM_TEMPLATE]");
        return 2;
}
