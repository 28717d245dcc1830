using System.Globalization;

namespace OneEdge.OpenNebula;

/// <summary>Says what went wrong between us and the server, so that somebody can act on it.</summary>
internal sealed class CallFailure(OpenNebulaEndpoint endpoint, OpenNebulaCall call)
{
    /// <summary>No answer in time.</summary>
    public OpenNebulaTransportException TimedOut(TimeSpan timeout) =>
        Make(OpenNebulaErrorCodes.Timeout, $"no answer within {timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s", call.IsRead);

    /// <summary>The connection could not be made, or broke.</summary>
    public OpenNebulaTransportException Broken(Exception cause, bool hasAnswer)
    {
        HttpRequestError error = (cause as HttpRequestException)?.HttpRequestError ?? (cause as HttpIOException)?.HttpRequestError ?? HttpRequestError.Unknown;
        return error switch
        {
            HttpRequestError.NameResolutionError => Make(
                OpenNebulaErrorCodes.Unreachable, "the name of the server is not known", isRetrySafe: true, cause: cause),
            HttpRequestError.SecureConnectionError => Make(
                OpenNebulaErrorCodes.Unreachable, "no secure connection to the server, see the inner exception", isRetrySafe: false, cause: cause),
            HttpRequestError.ConnectionError => Make(
                OpenNebulaErrorCodes.Unreachable, "no connection to the server; does it run, and is the address right?", isRetrySafe: true, cause: cause),
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.VersionNegotiationError => Make(
                OpenNebulaErrorCodes.AnswerInvalid, "the server does not speak HTTP as it should", isRetrySafe: false),
            _ when hasAnswer => Incomplete(cause),
            _ => Make(OpenNebulaErrorCodes.ConnectionLost, "the connection was lost before an answer came", call.IsRead, cause: cause),
        };
    }

    /// <summary>An HTTP status that is not 200.</summary>
    public OpenNebulaTransportException Status(int status)
    {
        string hint = status switch
        {
            404 => "; the path of the address is usually /RPC2",
            405 => "; something on the way turned the call into another one than POST",
            >= 300 and < 400 => "; the server sends callers elsewhere, which a call with credentials does not follow",
            401 or 403 => "; something before OpenNebula, a proxy perhaps, wants credentials of its own",
            413 => "; the call is too large",
            _ => "",
        };
        bool mayPass = status is 408 or 429 or 502 or 503 or 504;
        return Make(
            OpenNebulaErrorCodes.HttpStatus,
            string.Create(CultureInfo.InvariantCulture, $"HTTP status {status} instead of 200{hint}"),
            mayPass && call.IsRead,
            status);
    }

    /// <summary>An answer that ends too early.</summary>
    public OpenNebulaTransportException Incomplete(Exception cause) =>
        Make(OpenNebulaErrorCodes.AnswerIncomplete, "the answer ends too early", call.IsRead, cause: cause);

    /// <summary>An answer that is larger than allowed.</summary>
    public OpenNebulaTransportException TooLarge(int limit) => Make(
        OpenNebulaErrorCodes.AnswerTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"the answer is larger than {limit} bytes (MaxAnswerBytes); ask for less at once"),
        isRetrySafe: false);

    /// <summary>A text that is not XML, or not XML-RPC.</summary>
    public OpenNebulaTransportException NotXmlRpc(OpenNebulaXmlException cause) => cause.Code == OpenNebulaErrorCodes.XmlTruncated
        ? Incomplete(cause)
        : Make(
            OpenNebulaErrorCodes.AnswerInvalid,
            $"the answer is not XML-RPC ({cause.Message}); is this the address of an OpenNebula server?",
            isRetrySafe: false,
            cause: cause);

    /// <summary>An answer of XML-RPC that OpenNebula does not give.</summary>
    public OpenNebulaTransportException NotOpenNebula(string why) =>
        Make(OpenNebulaErrorCodes.AnswerInvalid, $"the answer is not one of OpenNebula: {why}", isRetrySafe: false);

    private OpenNebulaTransportException Make(string code, string what, bool isRetrySafe, int? status = null, Exception? cause = null) =>
        new(code, call.Method, $"{call.Method} at {endpoint}: {what}.", isRetrySafe, status, cause);
}
