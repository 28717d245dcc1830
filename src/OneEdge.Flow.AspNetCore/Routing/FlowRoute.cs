using Microsoft.AspNetCore.Http;

namespace OneEdge.Flow.AspNetCore;

/// <summary>A path with a method, what it does, and what is told of it in the OpenAPI document.</summary>
internal sealed record FlowRoute(string Method, string Pattern, Func<FlowRequest, Task<Answer>> Handle)
{
    /// <summary>The path that nothing else answers.</summary>
    public static readonly FlowRoute UnknownPath = new("*", "{**path}", static _ => Task.FromResult<Answer>(
        new TextAnswer(StatusCodes.Status404NotFound, "<h1>Not Found</h1>", FlowServerErrorCodes.PathUnknown)))
    { Label = "unknown" };

    /// <summary>The name of the operation for programs.</summary>
    public string Operation { get; init; } = "";

    /// <summary>What it does, for people.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The schema of the body; <see langword="null"/> when there is none.</summary>
    public string? Body { get; init; }

    /// <summary>Whether a request may come without its body.</summary>
    public bool IsBodyOptional { get; init; }

    /// <summary>The status when all is well.</summary>
    public int Success { get; init; } = StatusCodes.Status204NoContent;

    /// <summary>Whether some of what it does is answered without a body, with 204.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>The schema of the answer; <see langword="null"/> when it has no body.</summary>
    public string? Result { get; init; }

    /// <summary>The media type of the answer.</summary>
    public string ResultType { get; init; } = "application/json";

    /// <summary>Whether it needs no credentials.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether the time until its end says nothing about how fast it is.</summary>
    public bool IsStream { get; init; }

    /// <summary>What measurements call it.</summary>
    public string Label { get; init; } = Pattern;

    /// <summary>The methods that are mapped: who can be asked for something can be asked whether it is there.</summary>
    public string[] Methods => Method == HttpMethods.Get ? [HttpMethods.Get, HttpMethods.Head] : [Method];

    /// <summary>The methods that a path does not have.</summary>
    public static FlowRoute OtherMethods(string pattern, string[] allowed)
    {
        string allow = string.Join(", ", allowed.Append(HttpMethods.Options).Order(StringComparer.Ordinal));
        return new FlowRoute("*", pattern, request => Task.FromResult<Answer>(HttpMethods.IsOptions(request.Http.Request.Method)
            ? new EmptyAnswer(StatusCodes.Status204NoContent) { Allow = allow }
            : new TextAnswer(StatusCodes.Status405MethodNotAllowed, $"This path takes {allow}.", FlowServerErrorCodes.MethodNotAllowed) { Allow = allow }))
        {
            IsOpen = true,
        };
    }
}
