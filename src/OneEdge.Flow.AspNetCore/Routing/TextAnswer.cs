using System.Text;
using Microsoft.AspNetCore.Http;

namespace OneEdge.Flow.AspNetCore;

/// <summary>An error: a text, as with OneFlow, and a code in a header.</summary>
internal sealed record TextAnswer : Answer
{
    public TextAnswer(int status, string text, string code)
        : base(status) => (Text, ErrorCode) = (text, code);

    public string Text { get; }

    protected override Task WriteBodyAsync(HttpContext http) => WriteAsync(http, OriginalType, Encoding.UTF8.GetBytes(Text));
}
