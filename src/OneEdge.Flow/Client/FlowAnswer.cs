using System.Text;

namespace OneEdge.Flow.Client;

/// <summary>An answer: its status and what came with it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The bytes.</param>
/// <param name="ErrorCode">The code of an error that our server gives.</param>
internal sealed record FlowAnswer(int Status, byte[] Body, string? ErrorCode = null)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Whether it is a page for people, from a framework or a proxy: OneFlow answers with plain text or JSON.</summary>
    public bool IsPage => Body.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'<', ..];

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);
}
