namespace OneEdge.OpenNebula;

/// <summary>Whose a document is, and what others may do with it.</summary>
/// <param name="UserId">The id of the user.</param>
/// <param name="UserName">The name of the user.</param>
/// <param name="GroupId">The id of the group.</param>
/// <param name="GroupName">The name of the group.</param>
/// <param name="Permissions">Three octal digits for user, group and others: use 4, manage 2, administer 1; <c>600</c>, say.</param>
public sealed record DocumentOwner(int UserId, string UserName, int GroupId, string GroupName, string Permissions);
