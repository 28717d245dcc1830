namespace OneEdge.OpenNebula;

/// <summary>The stable codes of the errors and findings of OneEdge.OpenNebula; <c>docs/opennebula.md</c> explains each.</summary>
public static class OpenNebulaErrorCodes
{
    /// <summary>Template: the text is not in the grammar.</summary>
    public const string TemplateSyntax = "OEN0101";

    /// <summary>Template: a name or a value cannot be written.</summary>
    public const string TemplateUnwritable = "OEN0102";

    /// <summary>Template: the text is past a limit.</summary>
    public const string TemplateLimit = "OEN0103";

    /// <summary>Template: the XML form is malformed.</summary>
    public const string TemplateXml = "OEN0104";

    /// <summary>Template: the core reads the text, but passes over some of it (a warning).</summary>
    public const string TemplateIgnored = "OEN0105";

    /// <summary>XML: the text is not well-formed.</summary>
    public const string XmlMalformed = "OEN0201";

    /// <summary>XML: a document type or an entity of its own, which are never read.</summary>
    public const string XmlForbidden = "OEN0202";

    /// <summary>XML: the text ends too early.</summary>
    public const string XmlTruncated = "OEN0203";

    /// <summary>XML: bytes that are not UTF-8, or a character that XML does not allow.</summary>
    public const string XmlEncoding = "OEN0204";

    /// <summary>XML: nested deeper, or with more attributes, than any document of OpenNebula.</summary>
    public const string XmlLimit = "OEN0205";

    /// <summary>Value: a string or a number that XML-RPC cannot carry.</summary>
    public const string ValueUnwritable = "OEN0211";

    /// <summary>Value: it has another type than the one asked for.</summary>
    public const string ValueType = "OEN0212";

    /// <summary>Endpoint: the address of the server cannot be used.</summary>
    public const string EndpointInvalid = "OEN0221";

    /// <summary>Credentials: there are none, or they cannot be used.</summary>
    public const string CredentialsInvalid = "OEN0222";

    /// <summary>Transport: no connection to the server; it did not see the call.</summary>
    public const string Unreachable = "OEN0301";

    /// <summary>Transport: the connection was lost before an answer.</summary>
    public const string ConnectionLost = "OEN0302";

    /// <summary>Transport: the answer ends too early.</summary>
    public const string AnswerIncomplete = "OEN0303";

    /// <summary>Transport: no answer in time.</summary>
    public const string Timeout = "OEN0304";

    /// <summary>Transport: an HTTP status that is not 200.</summary>
    public const string HttpStatus = "OEN0305";

    /// <summary>Transport: an answer that is not one of XML-RPC.</summary>
    public const string AnswerInvalid = "OEN0306";

    /// <summary>Transport: an answer larger than allowed.</summary>
    public const string AnswerTooLarge = "OEN0307";

    /// <summary>Server: the user could not be authenticated (256).</summary>
    public const string Authentication = "OEN0401";

    /// <summary>Server: the user may not do this (512).</summary>
    public const string Authorization = "OEN0402";

    /// <summary>Server: the object does not exist (1024).</summary>
    public const string NoExists = "OEN0403";

    /// <summary>Server: the object is not in a state for this (2048).</summary>
    public const string Action = "OEN0404";

    /// <summary>Server: a wrong argument (4096).</summary>
    public const string XmlRpcApi = "OEN0405";

    /// <summary>Server: an internal error; also a bad template or a taken name (8192).</summary>
    public const string Internal = "OEN0406";

    /// <summary>Server: the object could not be created (16384).</summary>
    public const string Allocate = "OEN0407";

    /// <summary>Server: the object is locked (32768).</summary>
    public const string Locked = "OEN0408";

    /// <summary>Server: the change could not be replicated (65536).</summary>
    public const string Replication = "OEN0409";

    /// <summary>Server: parameters are missing or of a wrong type (fault -501).</summary>
    public const string WrongParameters = "OEN0410";

    /// <summary>Server: it could not read the call (fault -503).</summary>
    public const string MalformedCall = "OEN0411";

    /// <summary>Server: it has no such method (fault -506).</summary>
    public const string NoSuchMethod = "OEN0412";

    /// <summary>Server: an error with a number that OpenNebula 6.10 does not have.</summary>
    public const string OtherServerError = "OEN0499";

    /// <summary>Objects: an answer lacks what every object of its kind has, or holds something else than a number where a number stands.</summary>
    public const string ModelInvalid = "OEN0501";

    /// <summary>Waiting: the object reached a state from which the one waited for is not reached without help.</summary>
    public const string StateFailed = "OEN0502";

    /// <summary>Waiting: the state was not reached in time.</summary>
    public const string StateTimeout = "OEN0503";
    /// <summary>Events: a message of the hook manager that cannot be read.</summary>
    public const string EventInvalid = "OEN0601";

    /// <summary>Events: nobody answers at the event port.</summary>
    public const string EventsUnreachable = "OEN0602";

    /// <summary>Events: the source cannot see what is asked for.</summary>
    public const string EventsUnseen = "OEN0603";

    /// <summary>Events: the address of the event port cannot be used.</summary>
    public const string EventEndpointInvalid = "OEN0604";

    /// <summary>Document: it has another version than expected.</summary>
    public const string DocumentConflict = "OEN0701";

    /// <summary>Document: there is none of this id.</summary>
    public const string DocumentNotFound = "OEN0702";

    /// <summary>Document: type, name or body are refused.</summary>
    public const string DocumentInvalid = "OEN0703";

    /// <summary>Document: somebody holds its lease.</summary>
    public const string DocumentLeaseHeld = "OEN0704";

    /// <summary>Document: the lease is no longer one's own.</summary>
    public const string DocumentLeaseLost = "OEN0705";

    /// <summary>Document: what is stored is not what it is read as.</summary>
    public const string DocumentUnreadable = "OEN0706";

    /// <summary>Document: others held it, or the whole store, for too long.</summary>
    public const string DocumentBusy = "OEN0707";

    /// <summary>Documents: the store cannot be used.</summary>
    public const string DocumentStoreUnusable = "OEN0708";

    /// <summary>Documents: the store was made by a newer version.</summary>
    public const string DocumentStoreNewer = "OEN0709";
}
