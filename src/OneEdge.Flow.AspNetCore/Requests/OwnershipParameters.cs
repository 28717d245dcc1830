using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>The parameters of actions that change whose a document is, who may do what with it, and its name.</summary>
internal static class OwnershipParameters
{
    // The cloud takes it for "as it is".
    private const int Same = -1;

    public static int Owner(Parameters parameters) =>
        parameters.Number("owner_id") ?? throw AnswerException.BadParameter("Action chown: You have to specify a UID");

    public static int Group(Parameters parameters) =>
        parameters.Number("group_id") ?? throw AnswerException.BadParameter("Action chgrp: You have to specify a GID");

    public static int? GroupOrSame(Parameters parameters) => parameters.Number("group_id") is { } group and not Same ? group : null;

    public static PermissionChange Permissions(Parameters parameters)
    {
        string octet = parameters.Text("octet") ?? throw AnswerException.BadParameter("Action chmod: You have to specify an OCTET");
        try
        {
            return PermissionChange.ToOctal(octet);
        }
        catch (FormatException)
        {
            throw AnswerException.BadParameter("Action chmod: the OCTET has three digits from 0 to 7");
        }
    }

    public static string Name(Parameters parameters) => parameters.Text("name") is { Length: > 0 } name ? name
        : throw AnswerException.BadParameter("Action rename: You have to specify a name");
}
