using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>Who may do what, and what programs keep for them.</summary>
internal static class PeopleKinds
{
    public static ObjectKind<User> User { get; } = new()
    {
        Name = "user",
        Plural = "users",
        Element = "USER",
        List = (one, _, ct) => one.Users.ListAsync(ct),
        Get = (one, id, ct) => one.Users.GetAsync(id, cancellationToken: ct),
        Columns =
        [
            new("GROUP", u => u.PrimaryGroupName), new("GROUPS", u => Text.Of(u.GroupIds)), new("AUTH", u => u.AuthenticationDriver),
            new("ENABLED", u => Text.YesNo(u.IsEnabled)),
        ],
    };

    public static ObjectKind<Group> Group { get; } = new()
    {
        Name = "group",
        Plural = "groups of users",
        Element = "GROUP",
        List = (one, _, ct) => one.Groups.ListAsync(ct),
        Get = (one, id, ct) => one.Groups.GetAsync(id, cancellationToken: ct),
        Columns = [new("USERS", g => Text.Of(g.UserIds)), new("ADMINS", g => Text.Of(g.AdministratorIds))],
    };

    public static ObjectKind<AccessRule> AccessRule { get; } = new()
    {
        Name = "acl",
        Plural = "access rules",
        Element = "ACL",
        List = (one, _, ct) => one.AccessRules.ListAsync(ct),
        Columns = [new("RULE", r => r.Text)],
    };

    public static ObjectKind<Document> Document { get; } = new()
    {
        Name = "document",
        Plural = "documents",
        Element = "DOCUMENT",
        List = (one, query, ct) => one.Documents.ListAsync(query.DocumentType, query.Filter, ct),
        Get = (one, id, ct) => one.Documents.GetAsync(id, cancellationToken: ct),
        Options = static () => new DocumentListOptions(),
        Columns = [.. ObjectKinds.Owner<Document>(), new("TYPE", d => Text.Of(d.Type)), new("LOCKED", d => Text.YesNo(d.Lock is not null))],
    };

    public static ObjectKind<Hook> Hook { get; } = new()
    {
        Name = "hook",
        Plural = "hooks",
        Element = "HOOK",
        List = (one, query, ct) => one.Hooks.ListAsync(query.Filter, ct),
        Get = (one, id, ct) => one.Hooks.GetAsync(id, cancellationToken: ct),
        Options = static () => new OwnedListOptions(),
        Columns = [new("TYPE", h => h.Type)],
    };
}
