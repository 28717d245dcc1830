namespace OneEdge.OpenNebula.Embedded;

/// <summary>What a datastore holds, by the numbers of the core.</summary>
internal enum DatastoreType
{
    Image = 0,
    System = 1,
    File = 2,
    Backup = 3,
}
