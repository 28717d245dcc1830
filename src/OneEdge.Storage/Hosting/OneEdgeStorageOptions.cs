using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using OneEdge.Storage.Replicas;

namespace OneEdge.Storage;

/// <summary>The settings of <c>services.AddOneEdgeStorage(...)</c>. All of them can be bound from a configuration without reflection.</summary>
public sealed class OneEdgeStorageOptions
{
    /// <summary>The host of this process, by the name that OpenNebula knows it by: a front-end for transfers, a hypervisor for recovery snapshots.</summary>
    /// <value>None: it must be set.</value>
    [Required]
    public string HostName { get; set; } = "";

    /// <summary>The front-end, for images that name no host.</summary>
    /// <value><see langword="null"/>: <see cref="HostName"/>.</value>
    public string? FrontEnd { get; set; }

    /// <summary>Where OpenNebula is installed, as <c>ONE_LOCATION</c> says.</summary>
    /// <value><see langword="null"/>: in the system's directories, with datastores below <c>/var/lib/one</c>.</value>
    public string? OneLocation { get; set; }

    /// <summary>The <c>sshrc</c> with the configuration of the replica; it is read when it is first needed.</summary>
    /// <value><see langword="null"/>: the defaults of <see cref="ReplicaOptions"/>.</value>
    public string? SshrcFile { get; set; }

    /// <summary>The directory that remembers which steps of interrupted transfers are done.</summary>
    /// <value><c>/var/lib/one/.oneedge/transfers</c> unless set.</value>
    [Required]
    public string JournalDirectory { get; set; } = "/var/lib/one/.oneedge/transfers";

    /// <summary>How other hosts are reached.</summary>
    [ValidateObjectMembers]
    public OneEdgeStorageSshOptions Ssh { get; } = new();

    /// <summary>How recovery snapshots are taken.</summary>
    [ValidateObjectMembers]
    public OneEdgeStorageRecoveryOptions Recovery { get; } = new();

    internal TransferSettings ToTransferSettings() => new()
    {
        FrontEnd = FrontEnd ?? HostName,
        OneLocation = OneLocation,
        Replica = SshrcFile is { } file ? ReplicaOptions.ParseSshrc(File.ReadAllText(file), file) : new ReplicaOptions(),
    };
}
