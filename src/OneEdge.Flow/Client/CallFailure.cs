using System.Globalization;

namespace OneEdge.Flow.Client;

/// <summary>Says what went wrong between us and the server, so that somebody can act on it.</summary>
internal sealed class CallFailure(OneFlowEndpoint endpoint, FlowRequest request)
{
    /// <summary>No answer in time.</summary>
    public OneFlowTransportException TimedOut(TimeSpan timeout) => Make(
        FlowErrorCodes.ClientTimeout, $"no answer within {timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s", request.IsRead);

    /// <summary>The connection could not be made, or broke.</summary>
    public OneFlowTransportException Broken(Exception cause, bool hasAnswer)
    {
        HttpRequestError error = (cause as HttpRequestException)?.HttpRequestError ?? (cause as HttpIOException)?.HttpRequestError ?? HttpRequestError.Unknown;
        return error switch
        {
            HttpRequestError.NameResolutionError => Make(
                FlowErrorCodes.ClientUnreachable, "the name of the server is not known", isRetrySafe: true, cause: cause),
            HttpRequestError.SecureConnectionError => Make(
                FlowErrorCodes.ClientUnreachable, "no secure connection to the server, see the inner exception", isRetrySafe: false, cause: cause),
            HttpRequestError.ConnectionError => Make(
                FlowErrorCodes.ClientUnreachable, "no connection to the server; does it run, and is the address right?", isRetrySafe: true, cause: cause),
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.VersionNegotiationError => Make(
                FlowErrorCodes.ClientAnswerInvalid, "the server does not speak HTTP as it should", isRetrySafe: false),
            _ when hasAnswer => Make(FlowErrorCodes.ClientAnswerIncomplete, "the answer ends too early", request.IsRead, cause: cause),
            _ => Make(FlowErrorCodes.ClientConnectionLost, "the connection was lost before an answer came", request.IsRead, cause: cause),
        };
    }

    /// <summary>An HTTP status that no OneFlow server gives by itself.</summary>
    /// <param name="status">The status.</param>
    /// <param name="text">What our server says of it.</param>
    public OneFlowTransportException Status(int status, string? text = null)
    {
        string hint = status switch
        {
            _ when text is { Length: > 0 } => $": {text.TrimEnd('.')}",
            >= 300 and < 400 => "; the server sends callers elsewhere, which a call with credentials does not follow",
            401 or 403 or 407 => "; something before OneFlow, a proxy perhaps, wants credentials of its own",
            413 => "; the request is too large",
            503 => "; the server, or what stands before it, does not work at the moment",
            502 or 504 => "; what stands before OneFlow does not reach it",
            _ => "; is this the address of a OneFlow server?",
        };
        bool mayPass = status is 408 or 429 or 502 or 503 or 504;
        return Make(
            FlowErrorCodes.ClientHttpStatus,
            string.Create(CultureInfo.InvariantCulture, $"HTTP status {status}{hint}"),
            mayPass && request.IsRead,
            status);
    }

    /// <summary>An answer that is larger than allowed.</summary>
    public OneFlowTransportException TooLarge(int limit) => Make(
        FlowErrorCodes.ClientAnswerTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"the answer is larger than {limit} bytes (MaxAnswerBytes)"),
        isRetrySafe: false);

    /// <summary>An answer that OneFlow does not give.</summary>
    public OneFlowTransportException NotOneFlow(string why, int status) =>
        Make(FlowErrorCodes.ClientAnswerInvalid, $"the answer is not one of OneFlow: {why}; is this its address?", isRetrySafe: false, status);

    private OneFlowTransportException Make(string code, string what, bool isRetrySafe, int? status = null, Exception? cause = null) =>
        new(code, request, $"{request.What} at {endpoint}: {what.TrimEnd('?')}{(what.EndsWith('?') ? '?' : '.')}", isRetrySafe, status, cause);
}
