namespace OneEdge.OpenNebula;

/// <summary>The topics under which the hook manager publishes a message, in its order.</summary>
internal static class HookTopics
{
    /// <summary>The topics of a change of a state.</summary>
    /// <param name="kind">Whose.</param>
    /// <param name="id">The id of the object.</param>
    /// <param name="state">The name of the state.</param>
    /// <param name="lcmState">The name of the state of the life-cycle manager; empty for all but virtual machines.</param>
    /// <param name="serviceId">What <c>SERVICE_ID</c> of the machine's own template says, if it has one.</param>
    public static string[] OfState(EventObject kind, int id, string state, string lcmState = "", string? serviceId = null)
    {
        string word = HookTopic.Word(kind);
        string byObject = FormattableString.Invariant($"EVENT {word} {id}/{state}/{lcmState} ");
        string byState = FormattableString.Invariant($"EVENT STATE {word}/{state}/{lcmState}/{id} ");
        return string.IsNullOrEmpty(serviceId) ? [byObject, byState] : [byObject, byState, $"EVENT SERVICE {serviceId} "];
    }

    /// <summary>The topic of a call.</summary>
    public static string OfCall(string method, bool succeeded) => $"EVENT API {method} {(succeeded ? '1' : '0')}";
}
