namespace OneEdge.OpenNebula.Embedded;

/// <summary>A lock: the operations from a level on are refused, to the owner and to oneadmin too.</summary>
/// <param name="Level">1 from USE on, 2 from MANAGE on, 3 from ADMIN on.</param>
/// <param name="Owner">Who locked it.</param>
/// <param name="Time">When, in seconds of Unix time.</param>
/// <param name="RequestId">The number of the call.</param>
internal sealed record CloudLock(int Level, int Owner, long Time, int RequestId)
{
    /// <summary>The level that a caller asks for, renumbered: 4 (everything) is 1. <see langword="null"/> when there is none.</summary>
    public static int? LevelOf(int requested) => requested switch
    {
        1 or 4 => 1,
        2 => 2,
        3 => 3,
        _ => null,
    };

    /// <summary>Whether the lock refuses an operation; the core compares the numbers of both (OpenNebula 6.10 source, src/acl/AclManager.cc).</summary>
    public bool Refuses(AccessOperation operation) => (operation & AccessOperation.IgnoringLocks) == AccessOperation.None && Level <= (int)operation;

    public void Write(XmlText xml)
    {
        xml.Open("LOCK");
        xml.Element("LOCKED", Level);
        xml.Element("OWNER", Owner);
        xml.Element("TIME", Time);
        xml.Element("REQ_ID", RequestId);
        xml.Close("LOCK");
    }
}
