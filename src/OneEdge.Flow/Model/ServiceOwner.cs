namespace OneEdge.Flow;

/// <summary>Whose a service is.</summary>
/// <param name="UserId">The id of the user.</param>
/// <param name="GroupId">The id of the group.</param>
/// <param name="UserName">The name of the user.</param>
/// <param name="GroupName">The name of the group.</param>
public sealed record ServiceOwner(int UserId, int GroupId, string UserName, string GroupName);
