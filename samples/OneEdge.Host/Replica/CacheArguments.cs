using System.CommandLine;
using OneEdge.Host.Disk;
using OneEdge.Host.One;
using OneEdge.Storage;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Replica;

/// <summary>The options that every command about a cache has: where it lies, its limits, how its host is reached.</summary>
internal sealed class CacheArguments
{
    private const string DefaultDatastores = "/var/lib/one/datastores";

    private readonly SshrcOption _sshrc = new();
    private readonly Option<string> _datastores = new("--datastores")
    {
        Description = "The directory of the datastores, the same on all hosts.",
        HelpName = "DIR",
        DefaultValueFactory = _ => DefaultDatastores,
    };

    private readonly Option<string?> _cache = new("--cache")
    {
        Description = "The directory of the cache on its host, where it is another one than that of the datastores.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _maxSize = new("--max-size")
    {
        Description = "How large one datastore of the cache may become; goes over REPLICA_MAX_SIZE_MB.",
        HelpName = "SIZE",
    };

    private readonly Option<int?> _maxUsed = new("--max-used")
    {
        Description = "How much of its file system may be used, in percent; goes over REPLICA_MAX_USED_PERC and, without --max-size, REPLICA_MAX_SIZE_MB.",
        HelpName = "PERCENT",
    };

    public CacheArguments()
    {
        _maxSize.AddValidator();
        Limits.Apply(_maxUsed, 0, 100);
        foreach (Option option in new Option[] { _datastores, _cache })
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens is [{ Value: var path }] && !path.StartsWith('/')) result.AddError($"{option.Name} is an absolute path, not '{path}'.");
            });
        }
    }

    /// <summary>Adds the options.</summary>
    public Cli.HostCommand AddTo(Cli.HostCommand command) => command.With(
        _datastores, _cache, _maxSize, _maxUsed, _sshrc.File, _sshrc.SshConfig, Cli.OutputOption.Create(), Cli.OutputOption.CreateShort());

    public string Datastores(ParseResult parsed) => parsed.GetValue(_datastores)!.TrimEnd('/');

    /// <summary>The cache of a host.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="host">The host, or <c>local</c>.</param>
    /// <param name="change">What else the command says.</param>
    /// <param name="cancellationToken">Stops reading the configuration.</param>
    public async Task<(ReplicaImages Images, ReplicaOptions Options)> OpenAsync(
        ParseResult parsed, string host, Func<ReplicaImagesOptions, ReplicaImagesOptions>? change, CancellationToken cancellationToken)
    {
        ReplicaOptions replica = await OptionsAsync(parsed, cancellationToken);
        SshOptions ssh = _sshrc.Ssh(parsed, replica.FrontEndSshArguments);
        var options = new ReplicaImagesOptions { Replica = replica, DatastoresDirectory = Datastores(parsed), CacheDirectory = parsed.GetValue(_cache) };
        if (ssh.ConfigFile is { } file) options = options with { SshArguments = ["-F", file, .. options.SshArguments] };
        options = change?.Invoke(options) ?? options;
        return (new ReplicaImages(new SshHosts(new LocalHost(HostArgument.Local), ssh), host, options), replica);
    }

    private async Task<ReplicaOptions> OptionsAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        const int megabyte = 20;
        ReplicaOptions options = await _sshrc.ReadAsync(parsed, cancellationToken);
        if (parsed.GetValue(_maxUsed) is { } percent) options = options with { MaxUsedPercent = percent, MaxSizeMb = null };
        if (parsed.GetValue(_maxSize) is { } size) options = options with { MaxSizeMb = SizeArgument.Read(size) >> megabyte };
        return options;
    }
}
