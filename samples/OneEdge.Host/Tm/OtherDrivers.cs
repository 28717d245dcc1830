using System.Text;
using OneEdge.Commands;
using OneEdge.Storage;

namespace OneEdge.Host.Tm;

/// <summary>Calls the scripts of other drivers around a live migration, once each, for disks that are theirs.</summary>
internal sealed class OtherDrivers(TmPlace place, HostIo io)
{
    private const string Caller = "ssh";
    private const int WordsOfTheCore = 5;

    /// <summary>Whether another driver called this one, whose business the others are then.</summary>
    /// <param name="words">The arguments.</param>
    public static bool IsCalledByOne(IReadOnlyList<string> words) => words.Count > WordsOfTheCore && words[WordsOfTheCore].Length > 0;

    /// <summary>Whether a name can be that of a driver: of a directory beside this driver's.</summary>
    /// <param name="name">The name.</param>
    public static bool IsName(string name) =>
        name.Length > 0 && name[0] is not ('.' or '-') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    public async Task RunAsync(
        string action, string script, IReadOnlyList<string> words, IReadOnlyList<string> drivers, CancellationToken cancellationToken)
    {
        if (drivers.Count == 0) return;
        byte[] document = Encoding.UTF8.GetBytes(await io.In.ReadToEndAsync(cancellationToken));
        foreach (string driver in drivers)
        {
            io.Error.WriteLine(ProtocolText.Info(script, $"Call {driver}/{action}"));
            if (!IsName(driver)) throw new OneEdgeException(HostErrorCodes.NoTransferAction, $"'{driver}' is no name of a transfer driver.");
            var call = new CommandSpec(Path.Combine(place.Drivers, driver, action), [.. words, Caller]) { StandardInput = document, AcceptedExitCodes = [] };
            CommandResult result = await new CliWrapCommandRunner().RunAsync(call, cancellationToken);
            if (result.ExitCode != 0)
                throw new HostException(StorageErrorCodes.HostCommand, place.Settings.FrontEnd, $"{driver}/{action}", result.ExitCode, result.StandardError);
            if (result.StandardError.Length > 0) io.Error.Write(result.StandardError);
        }
    }
}
