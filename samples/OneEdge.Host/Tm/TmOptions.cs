using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.Host.One;

namespace OneEdge.Host.Tm;

/// <summary>The options of a driver; <c>tm install</c> writes them into its scripts.</summary>
internal sealed class TmOptions
{
    public CloudOptions Cloud { get; } = new();

    public Option<string?> Sshrc { get; } = Path(
        "--sshrc", "FILE", "The configuration of the replica; else etc/tm/ssh/sshrc of the remotes of the installation, and defaults where there is none.");

    public Option<string?> DatastoreConf { get; } = Path(
        "--datastore-conf", "FILE", "The configuration of file systems; else etc/datastore/datastore.conf of the remotes of the installation.");

    public Option<string?> Drivers { get; } = Path(
        "--drivers", "DIR", "The directory of all transfer drivers; else tm of the remotes of the installation.");

    public Option<string?> Journal { get; } = Path(
        "--journal", "DIR", "Where finished steps are noted, so that an action which was interrupted goes on; else .oneedge/tm of the installation's data.");

    public Option<string?> SshConfig { get; } = Path(
        "--ssh-config", "FILE", "A configuration of ssh instead of the user's; it has this path on every host.");

    public Option<string?> FrontEnd { get; } = new("--front-end")
    {
        Description = "The name of this host, as images name it; else that of the system.",
        HelpName = "NAME",
    };

    public Option<bool> ErrorMarks { get; } = new("--error-marks")
    {
        Description = "Put the message of a failure between the marks that OpenNebula 6.0 looks for.",
    };

    public HostCommand AddTo(HostCommand command) => command.With(
        Sshrc, DatastoreConf, Drivers, Journal, SshConfig, FrontEnd, ErrorMarks, Cloud.Endpoint, Cloud.Auth);

    /// <summary>The given options as words; files with their full paths.</summary>
    public IReadOnlyList<string> Words(ParseResult parsed)
    {
        List<string> words = [];
        foreach (Option<string?> option in new[] { Sshrc, DatastoreConf, Drivers, Journal, SshConfig, Cloud.Auth })
        {
            if (parsed.GetValue(option) is { } file) words.AddRange([option.Name, System.IO.Path.GetFullPath(file)]);
        }

        foreach (Option<string?> option in new[] { FrontEnd, Cloud.Endpoint })
        {
            if (parsed.GetValue(option) is { } text) words.AddRange([option.Name, text]);
        }

        if (parsed.GetValue(ErrorMarks)) words.Add(ErrorMarks.Name);
        return words;
    }

    private static Option<string?> Path(string name, string helpName, string description) => new(name) { Description = description, HelpName = helpName };
}
