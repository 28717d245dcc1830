namespace OneEdge.OpenNebula;

/// <summary>What a datastore keeps (<c>TYPE</c>).</summary>
/// <remarks>A number that is not here, from a newer server, is kept as it is.</remarks>
public enum DatastoreType
{
    /// <summary>Images.</summary>
    Image = 0,

    /// <summary>The disks of running machines.</summary>
    System = 1,

    /// <summary>Kernels, RAM disks and context files.</summary>
    File = 2,

    /// <summary>Backups of machines.</summary>
    Backup = 3,
}
