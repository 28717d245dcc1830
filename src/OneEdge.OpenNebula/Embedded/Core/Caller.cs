namespace OneEdge.OpenNebula.Embedded;

/// <summary>Who makes a call.</summary>
/// <param name="Uid">The user.</param>
/// <param name="Gid">The primary group, or the one that a login token was made for.</param>
/// <param name="UserName">The name of the user.</param>
/// <param name="GroupName">The name of the group.</param>
/// <param name="Groups">All groups.</param>
internal sealed record Caller(int Uid, int Gid, string UserName, string GroupName, IReadOnlyCollection<int> Groups)
{
    public const int Oneadmin = 0;

    /// <summary>oneadmin, or a member of its group.</summary>
    public bool IsAdmin => Uid == Oneadmin || Groups.Contains(Oneadmin);
}
