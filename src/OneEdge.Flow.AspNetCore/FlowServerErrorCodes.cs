namespace OneEdge.Flow.AspNetCore;

/// <summary>The stable codes of the errors of the server, which stand in the header <c>OneEdge-Error</c>; <c>docs/flow.md</c> explains each.</summary>
public static class FlowServerErrorCodes
{
    /// <summary>Server: the request has no credentials, or they are of nobody.</summary>
    public const string NotAuthenticated = "OEF0401";

    /// <summary>Server: the body of the request is no JSON, or not of the form that is needed.</summary>
    public const string BodyInvalid = "OEF0402";

    /// <summary>Server: the body of the request is larger than is read.</summary>
    public const string BodyTooLarge = "OEF0403";

    /// <summary>Server: the action is not one that can be performed here.</summary>
    public const string ActionUnknown = "OEF0404";

    /// <summary>Server: a parameter of the action is missing or of the wrong kind.</summary>
    public const string ParameterInvalid = "OEF0405";

    /// <summary>Server: there is no such path.</summary>
    public const string PathUnknown = "OEF0406";

    /// <summary>Server: the path does not know the method.</summary>
    public const string MethodNotAllowed = "OEF0407";

    /// <summary>Server: there is no document of that id, or it is of something else.</summary>
    public const string DocumentNotFound = "OEF0408";

    /// <summary>Server: the cloud did not answer.</summary>
    public const string CloudUnreachable = "OEF0409";

    /// <summary>Server: as many streams of events are open as may be.</summary>
    public const string TooManyStreams = "OEF0410";

    /// <summary>Server: it failed, which is its own fault; its log has more.</summary>
    public const string Internal = "OEF0411";

    /// <summary>Server: the value cannot be changed.</summary>
    public const string Immutable = "OEF0412";
}
