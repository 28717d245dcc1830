namespace OneEdge.OpenNebula;

/// <summary>Why the server refused a call, by the number that it gives.</summary>
public enum OpenNebulaErrorKind
{
    /// <summary>A number that OpenNebula 6.10 does not have; see <see cref="OpenNebulaCallException.ServerCode"/>.</summary>
    Other = 0,

    /// <summary>Unknown user, wrong password or token, or a disabled user; the server does not tell which.</summary>
    Authentication = 256,

    /// <summary>The user has not the rights; also a locked object.</summary>
    Authorization = 512,

    /// <summary>The object does not exist.</summary>
    NoExists = 1024,

    /// <summary>The object is not in a state for this.</summary>
    Action = 2048,

    /// <summary>A wrong argument.</summary>
    XmlRpcApi = 4096,

    /// <summary>An internal error; also a template that does not parse, and names that are taken.</summary>
    Internal = 8192,

    /// <summary>The object could not be created.</summary>
    Allocate = 16384,

    /// <summary>The object is locked.</summary>
    Locked = 32768,

    /// <summary>The change could not be replicated to the other servers of the zone.</summary>
    Replication = 65536,

    /// <summary>A fault: parameters are missing or of a wrong type.</summary>
    WrongParameters = -501,

    /// <summary>A fault: the server could not read the call.</summary>
    MalformedCall = -503,

    /// <summary>A fault: the server has no such method.</summary>
    NoSuchMethod = -506,
}
