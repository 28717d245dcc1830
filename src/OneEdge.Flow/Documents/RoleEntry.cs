using System.Text.Json;

namespace OneEdge.Flow.Documents;

/// <summary>A role that is written, and what that depends on.</summary>
/// <param name="Role">The role.</param>
/// <param name="IsStarted">Whether its service has begun: from then on the original writes a list of nodes, be it empty.</param>
/// <param name="StateBefore">The state in the document that it was read from, if it was.</param>
internal readonly record struct RoleEntry(Role Role, bool IsStarted, RoleState? StateBefore)
{
    /// <summary>The role that its document was read as.</summary>
    public Role? Reading => Role.Definition.Members.Reading?.Role;

    /// <summary>Whether it was made by a program.</summary>
    public bool IsNew => Role.Definition.Members.IsEmpty;

    /// <summary>Whether it gets its list of nodes now; what the original writes with it comes along.</summary>
    public bool IsFirstStart => IsStarted && (IsNew || !Role.Definition.Members.TryGet("nodes", out _));

    public static RoleEntry Of(Service service, Role role)
    {
        FlowMembers members = role.Definition.Members;
        RoleState? before = members.IsEmpty ? null : members.TryGet("state", out JsonElement state) ? (RoleState?)LenientJson.Int(state) : RoleState.Pending;
        return new RoleEntry(role, service.State != ServiceState.Pending || role.State != RoleState.Pending || !role.Nodes.IsEmpty, before);
    }
}
