using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>A call is refused with an error of the core.</summary>
internal sealed class CallRefusal(OpenNebulaErrorKind error, string text, int resourceId = -1) : Exception(text)
{
    public OpenNebulaErrorKind Error { get; } = error;

    public int ResourceId { get; } = resourceId;

    public static CallRefusal NoExists(ObjectKind kind, int id) =>
        new(OpenNebulaErrorKind.NoExists, string.Create(CultureInfo.InvariantCulture, $"Error getting {kind.Word} [{id}]."), id);

    /// <summary>A wrong state, and what else cannot be done with an object now (2048).</summary>
    public static CallRefusal Action(string text) => new(OpenNebulaErrorKind.Action, text);

    /// <summary>A wrong argument (4096).</summary>
    public static CallRefusal Argument(string text) => new(OpenNebulaErrorKind.XmlRpcApi, text);

    /// <summary>Everything else, a bad template or a taken name for example (8192).</summary>
    public static CallRefusal Internal(string text) => new(OpenNebulaErrorKind.Internal, text);

    /// <summary>An object that cannot be created (16384).</summary>
    public static CallRefusal Allocate(ObjectKind kind, string text) =>
        new(OpenNebulaErrorKind.Allocate, $"Error allocating a new {kind.Word}. {text}");

    /// <summary>Makes an object; whatever is refused meanwhile is a refusal to create it.</summary>
    public static T WhileAllocating<T>(ObjectKind kind, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (CallRefusal refusal)
        {
            throw Allocate(kind, refusal.Message);
        }
    }

    /// <summary>Missing rights (512). The text has neither the caller nor the full stop.</summary>
    public static CallRefusal Authorization(Caller caller, string text) => Authorization(caller.Uid, text);

    public static CallRefusal Authorization(int uid, string text) =>
        new(OpenNebulaErrorKind.Authorization, string.Create(CultureInfo.InvariantCulture, $"User [{uid}] : {text}."));
}
