using System.Globalization;
using OneEdge.Flow;
using OneEdge.Flow.Client;

namespace OneEdge.Host.Flow;

/// <summary>What to try when a OneFlow server refused something, or could not be reached.</summary>
internal static class FlowHints
{
    public static string? Of(OneFlowException error) => error.Code switch
    {
        FlowErrorCodes.ClientUnreachable => "name another one with --server or ONEFLOW_URL, or start one: oneedge flow serve --embedded",
        FlowErrorCodes.ClientAuthentication => "the credentials come from --auth, ONEFLOW_USER and ONEFLOW_PASSWORD, or ONE_AUTH",
        FlowErrorCodes.ClientAuthorization => "ask its owner, or use the credentials of somebody who may",
        FlowErrorCodes.ClientNotFound => IsAboutTemplate(error) ? "see: oneedge flow template list" : "see: oneedge flow list",
        FlowErrorCodes.ClientRoleNotFound or FlowErrorCodes.ClientWrongState or FlowErrorCodes.ClientConflict => $"see: oneedge flow show {IdOf(error)}",
        FlowErrorCodes.ClientServerFault => "the log of the server may say more",
        FlowErrorCodes.ClientTimeout => "it may be done all the same: look before trying again",
        FlowErrorCodes.ClientConnectionLost or FlowErrorCodes.ClientAnswerIncomplete when error is OneFlowTransportException { IsRetrySafe: false } =>
            "it may be done all the same: look before trying again",
        _ => null,
    };

    private static bool IsAboutTemplate(OneFlowException error) => error.Request.Contains(" /service_template", StringComparison.Ordinal);

    private static string IdOf(OneFlowException error) => error.ObjectId?.ToString(CultureInfo.InvariantCulture) ?? "ID";
}
