namespace OneEdge.OpenNebula;

/// <summary>A message of the hook manager as it is published, its payload decoded from base64.</summary>
/// <param name="Topic">What it is about, with the blank that ends the topics of states: <c>EVENT VM 4/ACTIVE/RUNNING </c>.</param>
/// <param name="Payload">The <c>HOOK_MESSAGE</c> document in UTF-8.</param>
internal readonly record struct HookMessage(string Topic, ReadOnlyMemory<byte> Payload);
