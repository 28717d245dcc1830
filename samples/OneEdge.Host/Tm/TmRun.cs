using System.CommandLine;
using OneEdge.Host.One;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Tm;

/// <summary>One call of a driver: nothing on standard output, the log and the reason of a failure on standard error, an exit code.</summary>
internal sealed class TmRun(HostIo io, TmOptions options, ParseResult parsed)
{
    public async Task<int> RunAsync(string name, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        string script = name.ToLowerInvariant();
        string bare = TmAction.Bare(name);
        try
        {
            await DoAsync(script, bare, words, cancellationToken);
            return ExitCode.Done;
        }
        catch (Exception e)
        {
            // Whatever it is, the core has to hear of it in its own way.
            string message = ProtocolText.Message(bare, words);
            foreach (string line in ProtocolText.Failure(script, message, e, parsed.GetValue(options.ErrorMarks))) io.Error.WriteLine(line);
            return e is OperationCanceledException ? ExitCode.Cancelled : ProtocolText.ExitCodeOf(e);
        }
    }

    private async Task DoAsync(string script, string bare, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        if (bare is DriverScripts.FailMigrate or DriverScripts.Monitor) return;
        if (bare == ContextDisk.Action)
        {
            TmPlace here = await TmPlace.FindAsync(options, parsed, io, makesFileSystem: false, cancellationToken);
            await new ContextDisk(here).RunAsync(words, text => io.Error.WriteLine(ProtocolText.Info(script, text)), cancellationToken);
            return;
        }

        TmAction action = TmAction.Find(bare) ?? throw new OneEdgeException(
            HostErrorCodes.NoTransferAction, $"OneEdge has no action '{bare}' of a transfer driver; name the original's with tm install --fallback.");
        TmPlace place = await TmPlace.FindAsync(options, parsed, io, action.MakesFileSystem, cancellationToken);
        var driver = new TransferManager(place.Hosts, place.Settings, place.Journal);
        IReadOnlyList<string> others = [];
        await foreach (TransferEvent item in driver.RunAsync(await RequestAsync(driver, action, words, cancellationToken), cancellationToken))
        {
            if (item is TransferNote note) io.Error.WriteLine(ProtocolText.Info(script, note.Text));
            else if (item is TransferStarted started) others = started.Plan.OtherDrivers;
        }

        if (action.CallsOthers && !OtherDrivers.IsCalledByOne(words))
            await new OtherDrivers(place, io).RunAsync(action.Name, script, words, others, cancellationToken);
    }

    private async Task<TransferRequest> RequestAsync(
        TransferManager driver, TmAction action, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        // Without a virtual machine among them, the driver tells what is wrong with the arguments.
        if (action.VmId(words) is not { } vm) return driver.Parse(action.Name, words, new TransferFacts(new VmFacts(-1)));
        using OpenCloud cloud = await options.Cloud.OpenAsync(parsed, io, cancellationToken);
        return driver.Parse(action.Name, words, await FactsReader.ReadAsync(cloud.Client, action, words, vm, cancellationToken));
    }
}
