using System.CommandLine;
using System.Net;
using System.Xml;
using OneEdge.Host.Cli;
using OneEdge.Storage;
using OneEdge.Storage.Recovery;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Tm;

/// <summary><c>oneedge tm probe</c>: what the monitoring agent of a hypervisor calls every minute for recovery snapshots.</summary>
internal static class ProbeCommand
{
    private const string Script = "recovery";

    // Where a front-end copies its remotes to.
    private const string InstalledSshrc = "/var/tmp/one/etc/tm/ssh/sshrc";
    private const string DefaultLocation = "/var/lib/one/datastores";

    public static HostCommand Create(HostIo io)
    {
        var location = new Option<string?>("--location")
        {
            Description = "The directory of the datastores; else DATASTORE_LOCATION of the document on standard input, else " + DefaultLocation + ".",
            HelpName = "DIR",
        };
        var sshrc = new Option<string?>("--sshrc")
        {
            Description = $"The configuration of the replica; else {InstalledSshrc}, and defaults where there is none.",
            HelpName = "FILE",
        };
        var sshConfig = new Option<string?>("--ssh-config") { Description = "A configuration of ssh instead of the user's.", HelpName = "FILE" };
        var connect = new Option<string?>("--connect") { Description = "The hypervisor that virsh connects to; else qemu:///system.", HelpName = "URI" };
        var virsh = new Option<string?>("--virsh") { Description = "The program virsh.", HelpName = "FILE" };
        var command = new HostCommand(
            "probe",
            "Takes the recovery snapshots that are due on this hypervisor, and prints of every disk the last one, as OpenNebula's monitoring reads it.",
            "tm probe --location /var/lib/one/datastores");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string place = parsed.GetValue(location) ?? Location(await io.In.ReadToEndAsync(cancellationToken)) ?? DefaultLocation;
            ReplicaOptions replica = await TmPlace.ReadSshrcAsync(parsed.GetValue(sshrc), InstalledSshrc, cancellationToken);
            var options = new RecoveryOptions
            {
                StoreDirectory = replica.RecoverySnapshotsDirectory,
                Ssh = new SshOptions { Arguments = replica.SshArguments, ConfigFile = parsed.GetValue(sshConfig) },
                // The agent is the cycle: a disk with the frequency 0 is due at each call.
                Schedule = RecoveryScheduleOptions.Default with { Cycle = TimeSpan.Zero },
            };
            var guests = new VirshOptions();
            if (parsed.GetValue(connect) is { } uri) guests = guests with { Connection = uri };
            if (parsed.GetValue(virsh) is { } program) guests = guests with { Program = program };
            await RunAsync(io, place, options, guests, cancellationToken);
            return ExitCode.Done;
        });
        return command.With(location, sshrc, sshConfig, connect, virsh);
    }

    /// <summary>The element <c>DATASTORE_LOCATION</c> below the root of a document; <see langword="null"/> when it is empty or missing.</summary>
    /// <param name="document">The document, as the agent gives it to its probes.</param>
    internal static string? Location(string document)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var xml = XmlReader.Create(new StringReader(document), settings);
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, Depth: 1, Name: "DATASTORE_LOCATION" })
                    return xml.ReadElementContentAsString().Trim() is { Length: > 0 } text && Path.IsPathRooted(text) ? text : null;
            }
        }
        catch (XmlException)
        {
            // As for the probe of the original, a document that cannot be read says nothing.
        }

        return null;
    }

    private static async Task RunAsync(HostIo io, string location, RecoveryOptions options, VirshOptions virsh, CancellationToken cancellationToken)
    {
        var hypervisor = new LocalHost(Dns.GetHostName());
        RecoveryProbeResult found = await new RecoveryProbe(location).FindAsync(cancellationToken);
        foreach (RecoveryProblem problem in found.Problems) io.Error.WriteLine($"ERROR: {Script}: {ProtocolText.OneLine(problem.Message)}");
        var snapshots = new RecoverySnapshots(new VirshGuestDisks(hypervisor, virsh), hypervisor, options: options);
        var agent = new RecoveryAgent(_ => Task.FromResult(found.Disks), snapshots, options);
        io.Out.Write(RecoveryMonitor.Format(await agent.RunOnceAsync(cancellationToken)));
    }
}
