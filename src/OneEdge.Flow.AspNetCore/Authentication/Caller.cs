using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>Who sent a request.</summary>
/// <param name="Client">The cloud, as that user.</param>
/// <param name="Owner">The user.</param>
/// <param name="HasPassword">
/// Whether the user came with the password, so that the client may do whatever the user may: a login token can be one of a single group, and a delegation too.
/// </param>
internal sealed record Caller(IOpenNebulaClient Client, ServiceOwner Owner, bool HasPassword);
