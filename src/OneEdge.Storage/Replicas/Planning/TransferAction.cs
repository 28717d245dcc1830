namespace OneEdge.Storage.Replicas;

/// <summary>The actions of a transfer driver.</summary>
public enum TransferAction
{
    /// <summary>A disk is made from an image that stays as it is.</summary>
    Clone,

    /// <summary>A disk is made from a persistent image; with these drivers a copy too.</summary>
    Ln,

    /// <summary>The directory of a virtual machine moves to another host.</summary>
    Mv,

    /// <summary>A persistent disk goes back to its datastore.</summary>
    Mvds,

    /// <summary>A disk or one of its snapshots is saved as a new image.</summary>
    Cpds,

    /// <summary>A snapshot of a disk of a machine that is off.</summary>
    SnapCreate,

    /// <summary>A snapshot of a disk of a running machine.</summary>
    SnapCreateLive,

    /// <summary>A snapshot of a disk is removed.</summary>
    SnapDelete,

    /// <summary>A disk goes back to a snapshot.</summary>
    SnapRevert,

    /// <summary>A disk grows.</summary>
    Resize,

    /// <summary>A disk, or the directory of a virtual machine, is removed.</summary>
    Delete,

    /// <summary>Before a live migration.</summary>
    PreMigrate,

    /// <summary>After a live migration.</summary>
    PostMigrate,

    /// <summary>After a live migration that failed.</summary>
    FailMigrate,

    /// <summary>A volatile disk is made.</summary>
    MkImage,

    /// <summary>A volatile disk for swapping is made.</summary>
    MkSwap,
}
