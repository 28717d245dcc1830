namespace OneEdge.Flow;

/// <summary>The stable codes of the errors of OneEdge.Flow; <c>docs/flow.md</c> explains each.</summary>
public static class FlowErrorCodes
{
    /// <summary>Service template: it is not valid; the error lists everything that is wrong.</summary>
    public const string TemplateInvalid = "OEF0001";

    /// <summary>Service document: it cannot be read as one.</summary>
    public const string ServiceUnreadable = "OEF0002";

    /// <summary>Service template: the text is no JSON, or holds a text that cannot be stored.</summary>
    public const string TemplateNotJson = "OEF0010";

    /// <summary>Service template: it is larger, deeper or longer than is read.</summary>
    public const string TemplateTooLarge = "OEF0011";

    /// <summary>Service template: something that has to be there is missing.</summary>
    public const string MemberMissing = "OEF0012";

    /// <summary>Service template: a value is of the wrong kind, a text instead of a list for example.</summary>
    public const string MemberKind = "OEF0013";

    /// <summary>Service template: a value is not one of those that are allowed.</summary>
    public const string MemberValue = "OEF0014";

    /// <summary>Service template: two roles have the same name.</summary>
    public const string RoleRepeated = "OEF0015";

    /// <summary>Service template: a role has more or fewer virtual machines than its own limits allow.</summary>
    public const string RoleLimits = "OEF0016";

    /// <summary>Service template: a role has policies, and lacks the limits that they need.</summary>
    public const string PolicyLimits = "OEF0017";

    /// <summary>Service template: the expression of a policy is empty or none.</summary>
    public const string PolicyExpression = "OEF0018";

    /// <summary>Service template: the time or the recurrence of a policy is missing, none, or there twice.</summary>
    public const string PolicySchedule = "OEF0019";

    /// <summary>Service template: the name of a role has several lines, which OneFlow accepts.</summary>
    public const string RoleNameLines = "OEF0020";

    /// <summary>Service template: a role waits for a role that is not there, which OneFlow accepts; it would wait for ever.</summary>
    public const string ParentUnknown = "OEF0021";

    /// <summary>Service template: roles wait for each other or for themselves, which OneFlow accepts; they would wait for ever.</summary>
    public const string ParentCycle = "OEF0022";

    /// <summary>Service template: a number is greater than any cloud counts, which OneFlow accepts.</summary>
    public const string NumberOutOfRange = "OEF0023";

    /// <summary>Role: no number of virtual machines is within its limits, which OneFlow accepts of a single role.</summary>
    public const string RoleLimitsImpossible = "OEF0024";

    /// <summary>Service template of 7.x: a role is neither of virtual machines nor a virtual router.</summary>
    public const string RoleType = "OEF0025";

    /// <summary>Service template of 7.x: a virtual router of several virtual machines has no floating address.</summary>
    public const string FloatingAddress = "OEF0026";

    /// <summary>Service template of 7.x: it says something that the form of 6.10 cannot say.</summary>
    public const string TemplateNotConvertible = "OEF0027";

    /// <summary>Instantiation: a role is a virtual router, which services here do not have.</summary>
    public const string VirtualRouterRole = "OEF0030";

    /// <summary>Instantiation: values of attributes are missing in the request.</summary>
    public const string AttributeValuesMissing = "OEF0031";

    /// <summary>Instantiation: attributes, or their values, do not have the form that they need.</summary>
    public const string AttributeFormat = "OEF0032";

    /// <summary>Instantiation: networks, or their values, do not have the form that they need.</summary>
    public const string NetworkFormat = "OEF0033";

    /// <summary>Instantiation: the values of a network are missing in the request.</summary>
    public const string NetworkValuesMissing = "OEF0034";

    /// <summary>Update of a service: it changes something that cannot be changed, or is no JSON.</summary>
    public const string UpdateRefused = "OEF0050";

    /// <summary>Instantiation: a value cannot stand where the template text has its name.</summary>
    public const string ValueUnwritable = "OEF0051";

    /// <summary>Instantiation: the networks of a template, or the values for them, cannot be used.</summary>
    public const string NetworksInvalid = "OEF0052";

    /// <summary>Instantiation: custom attributes of a template have no values, or values of the wrong kind.</summary>
    public const string AttributesInvalid = "OEF0053";

    /// <summary>Instantiation: a template, or what is to be merged into it, cannot be used.</summary>
    public const string InstantiationInvalid = "OEF0054";

    /// <summary>Elasticity: a text is no expression.</summary>
    public const string ExpressionInvalid = "OEF0101";

    /// <summary>Engine: it does not work, because it was not started, another one holds the lease, or it was disposed of.</summary>
    public const string EngineInactive = "OEF0301";

    /// <summary>Engine: there is no such service, or none any more.</summary>
    public const string ServiceNotFound = "OEF0302";

    /// <summary>Engine: a service refused something because it is not in a state for it.</summary>
    public const string WrongServiceState = "OEF0303";

    /// <summary>Engine: a service refused something about a role that it does not have.</summary>
    public const string RoleNotFound = "OEF0304";

    /// <summary>Engine: a service refused something because it is so already, or was changed meanwhile.</summary>
    public const string RequestConflict = "OEF0305";

    /// <summary>Engine: a service refused something because a value is out of its limits.</summary>
    public const string RequestInvalid = "OEF0306";

    /// <summary>Engine: it has no credentials to act as the owner of a service.</summary>
    public const string OwnerNotServed = "OEF0307";

    /// <summary>Engine: a service was not given to another owner, because a virtual machine of it could not be.</summary>
    public const string OwnerNotChanged = "OEF0308";

    /// <summary>Client: what was to be sent is no JSON object.</summary>
    public const string ClientRequestInvalid = "OEF0451";

    /// <summary>Client: the address of the server cannot be used.</summary>
    public const string ClientEndpointInvalid = "OEF0452";

    /// <summary>Client: there are no credentials, or they cannot be used.</summary>
    public const string ClientCredentialsInvalid = "OEF0453";

    /// <summary>Client: there is no connection to the server.</summary>
    public const string ClientUnreachable = "OEF0461";

    /// <summary>Client: the server did not answer in time.</summary>
    public const string ClientTimeout = "OEF0462";

    /// <summary>Client: the connection was lost before an answer came.</summary>
    public const string ClientConnectionLost = "OEF0463";

    /// <summary>Client: the answer ends too early.</summary>
    public const string ClientAnswerIncomplete = "OEF0464";

    /// <summary>Client: the answer is larger than is read.</summary>
    public const string ClientAnswerTooLarge = "OEF0465";

    /// <summary>Client: the answer is not one of OneFlow.</summary>
    public const string ClientAnswerInvalid = "OEF0466";

    /// <summary>Client: a status came that no OneFlow server means, or that says it does not work at the moment.</summary>
    public const string ClientHttpStatus = "OEF0467";

    /// <summary>Client: the server does not know the user, or the password or token is wrong.</summary>
    public const string ClientAuthentication = "OEF0471";

    /// <summary>Client: the user has not the rights.</summary>
    public const string ClientAuthorization = "OEF0472";

    /// <summary>Client: there is no such service or template, or no such user or group.</summary>
    public const string ClientNotFound = "OEF0473";

    /// <summary>Client: the service has no such role.</summary>
    public const string ClientRoleNotFound = "OEF0474";

    /// <summary>Client: the server refused a template, a value or a parameter.</summary>
    public const string ClientRefusedInvalid = "OEF0475";

    /// <summary>Client: the service is not in a state for it.</summary>
    public const string ClientWrongState = "OEF0476";

    /// <summary>Client: it is so already, or was changed meanwhile.</summary>
    public const string ClientConflict = "OEF0477";

    /// <summary>Client: the server has no such operation.</summary>
    public const string ClientNoOperation = "OEF0478";

    /// <summary>Client: the server did nothing and does not say why.</summary>
    public const string ClientIgnored = "OEF0479";

    /// <summary>Client: the server failed in a way that it did not foresee.</summary>
    public const string ClientServerFault = "OEF0480";

    /// <summary>Client: the server refused it for another reason, which it says.</summary>
    public const string ClientRefused = "OEF0481";

    /// <summary>Client: the service that was waited for is gone.</summary>
    public const string ClientServiceGone = "OEF0482";
}
