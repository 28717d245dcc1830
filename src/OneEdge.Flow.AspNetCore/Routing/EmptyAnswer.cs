using Microsoft.AspNetCore.Http;

namespace OneEdge.Flow.AspNetCore;

/// <summary>An answer that says no more than its status.</summary>
internal sealed record EmptyAnswer(int Status) : Answer(Status)
{
    public static readonly EmptyAnswer Done = new(StatusCodes.Status204NoContent);

    protected override Task WriteBodyAsync(HttpContext http) => Task.CompletedTask;
}
