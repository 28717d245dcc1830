namespace OneEdge.OpenNebula.Embedded;

/// <summary>Users: who may call, with which password or token.</summary>
internal sealed partial class UserArea : OwnerArea<CloudUser>, IMethodArea
{
    public const string CoreDriver = "core";

    private const string MoreInvalid = " :\t\n\v\f\r";
    private static readonly System.Buffers.SearchValues<char> Space = System.Buffers.SearchValues.Create(" \t\n\v\f\r");
    private const int UsersGroup = 1;
    private const int MaxTokens = 64;

    public UserArea(CloudState state)
        : base(state, ObjectKind.User, "one.user", firstId: 0)
    {
        Create("oneadmin", CloudState.Hash(state.Options.OneadminPassword), CoreDriver, [Caller.Oneadmin]);
        Create("serveradmin", CloudState.Hash(state.NewToken()), ServerSession.Driver, [Caller.Oneadmin]);
    }

    protected override string? NameProblem(string name) => NameRules.Problem(name, MoreInvalid) is { } problem ? problem + "." : null;

    public override void Register(MethodTable table)
    {
        table.Add(new CloudMethod("one.user.allocate", "sssA", Allocate) { Hidden = [2] });
        AddInfo(table);
        table.Add("one.userpool.info", "", PoolInfo);
        AddUpdate(table);
        AddDelete(table);
        table.Add(new CloudMethod("one.user.passwd", "is", SetPassword) { Hidden = [2] });
        table.Add(new CloudMethod("one.user.login", "ssii", Login) { Hidden = [2] });
        table.Add(new CloudMethod("one.user.chauth", "iss", SetDriver) { Hidden = [3] });
        table.Add("one.user.enable", "ib", Enable);
        AddQuotas(table);
        table.Add("one.user.chgrp", "ii", SetPrimaryGroup);
        table.Add("one.user.addgroup", "ii", AddToGroup);
        table.Add("one.user.delgroup", "ii", RemoveFromGroup);
    }

    public Caller Oneadmin => CallerOf(Pool.Get(Caller.Oneadmin));

    /// <summary>Who a session is of; <see langword="null"/> when it is of nobody.</summary>
    public Caller? Authenticate(string session)
    {
        int colon = session.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == session.Length - 1) return null;
        if (Pool.Find(session[..colon]) is not { IsEnabled: true } user) return null;
        string secret = session[(colon + 1)..];
        if (ServerSession.IsOfServer(user.Driver)) return ServerSession.Read(user, secret, State.Time) is { } server ? CallerOf(server) : null;
        if (user.Tokens.Find(t => t.Token == secret) is { } token)
        {
            if (token.Expires >= 0 && token.Expires <= State.Time) return null;
            return token.Group < 0 || State.Groups.Pool.Find(token.Group) is not { } group ? CallerOf(user)
                : new Caller(user.Id, group.Id, user.Name, group.Name, [group.Id]);
        }

        return user.Driver == CoreDriver && user.Password == CloudState.Hash(secret) ? CallerOf(user) : null;
    }

    protected override int OwnId(Caller caller) => caller.Uid;

    protected override void Drop(CloudCall call, CloudUser item)
    {
        if (item.Id == Caller.Oneadmin) throw CannotDelete("oneadmin cannot be deleted.");
        Pool.Remove(item);
        foreach (int gid in item.Groups) State.Groups.Pool.Find(gid)?.Forget(item.Id);
    }

    // The core asks neither whether the user is enabled nor whether he is in the group: it trusts the server.
    private Caller? CallerOf(ServerSession session)
    {
        if (Pool.Find(session.User) is not { } user) return null;
        return session.Group == -1 ? CallerOf(user)
            : new Caller(user.Id, session.Group, user.Name, State.Groups.Pool.Find(session.Group)?.Name ?? "", [session.Group]);
    }

    private static Caller CallerOf(CloudUser user) => new(user.Id, user.Gid, user.Name, user.GroupName, user.Groups);

    private RpcValue Allocate(CloudCall call)
    {
        (string name, string password, string driver) = (call.Text(1), call.Text(2), call.Text(3));
        int[] wanted = call.Count > 4 ? call.Ids(4) : [];
        int[] groups = wanted.Length > 0 ? wanted : [UsersGroup];
        List<(AccessOperation, AccessTarget)> rights = [(AccessOperation.Create, AccessTarget.New(Kind, call.Caller))];
        foreach (int gid in wanted) rights.Add((AccessOperation.Manage, State.Groups.Pool.Get(gid).Access));
        call.Authorize([.. rights]);
        if (PasswordProblem(password) is { } problem) throw CallRefusal.Internal(problem + ".");
        CheckName(name, -1);
        if (driver.Length == 0) driver = CoreDriver;
        CloudUser user = Create(name, driver == CoreDriver ? CloudState.Hash(password) : password, driver, groups);
        call.Extra = () => user.ToXml(State.SealedView);
        return user.Id;
    }

    private CloudUser Create(string name, string storedPassword, string driver, int[] groups)
    {
        var user = new CloudUser(Pool.TakeId(), name, Defaults) { Password = storedPassword, Driver = driver };
        CloudGroup primary = State.Groups.Pool.Get(groups[0]);
        user.SetGroup(primary.Id, primary.Name);
        foreach (int gid in groups)
        {
            user.Groups.Add(gid);
            State.Groups.Pool.Get(gid).Users.Add(user.Id);
        }

        user.Template = StoredTemplate.Create([new TemplateAttribute("TOKEN_PASSWORD", State.NewToken())]);
        Pool.Add(user);
        return user;
    }

    private static string? PasswordProblem(string password)
    {
        if (password.Length == 0) return "Invalid password, it cannot be empty";
        int at = password.AsSpan().IndexOfAny(Space);
        return at < 0 ? null : $"Invalid password, char '{password[at]}' is not allowed";
    }
}
