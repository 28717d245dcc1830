using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>Who sent a request.</summary>
/// <param name="Client">The cloud, as that user.</param>
/// <param name="Owner">The user.</param>
internal sealed record Caller(IOpenNebulaClient Client, ServiceOwner Owner);
