using System.CommandLine;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Recovery;

/// <summary>Options that name a directory of this host.</summary>
internal static class DirectoryOption
{
    public static Option<string> Datastores() => Checked(new Option<string>("--datastores")
    {
        Description = "The directory of the datastores of this hypervisor.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "/var/lib/one/datastores",
    });

    public static Option<string?> Store() => Checked(new Option<string?>("--store")
    {
        Description = "The directory of the snapshots on the replica; goes over REPLICA_RECOVERY_SNAPS_DIR.",
        HelpName = "DIR",
    });

    /// <summary>Refuses a path that is not absolute.</summary>
    public static Option<T> Checked<T>(Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var path }] && !path.StartsWith('/')) result.AddError($"{option.Name} is an absolute path, not '{path}'.");
        });
        return option;
    }

    /// <summary>The directory, which must be there.</summary>
    /// <exception cref="HintException">It is not.</exception>
    public static string Existing(string directory, string option, string what) => Directory.Exists(directory) ? directory
        : throw new HintException(HostErrorCodes.Storage, $"There is no directory '{directory}' of {what}.", $"say with {option} where it is on this host");
}
