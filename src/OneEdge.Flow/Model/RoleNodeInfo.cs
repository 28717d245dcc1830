namespace OneEdge.Flow;

/// <summary>Who a virtual machine of a role is (<c>vm_info</c>).</summary>
/// <param name="UserId">The id of its owner.</param>
/// <param name="GroupId">The id of its group.</param>
/// <param name="UserName">The name of its owner.</param>
/// <param name="GroupName">The name of its group.</param>
/// <param name="Name">Its name.</param>
public sealed record RoleNodeInfo(int UserId, int GroupId, string UserName, string GroupName, string Name);
