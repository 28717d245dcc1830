namespace OneEdge.OpenNebula.Embedded;

/// <summary>What can be changed of a user.</summary>
internal sealed partial class UserArea
{
    private RpcValue SetPassword(CloudCall call)
    {
        CloudUser user = Changed(call, AccessOperation.Manage);
        ApplyPassword(user, call.Text(2));
        return user.Id;
    }

    private RpcValue SetDriver(CloudCall call)
    {
        CloudUser user = Changed(call, AccessOperation.Admin);
        (string driver, string password) = (call.Text(2), call.Text(3));
        if (driver.Length == 0) throw CallRefusal.Action("Driver name can not be empty");
        if (password.Length > 0 && PasswordProblem(password) is { } problem) throw CallRefusal.Action(problem);
        user.Driver = driver;
        if (password.Length > 0) ApplyPassword(user, password);
        return user.Id;
    }

    private RpcValue Enable(CloudCall call)
    {
        CloudUser user = Changed(call, AccessOperation.Admin);
        bool enable = call.Flag(2);
        if (user.Id == Caller.Oneadmin) throw CallRefusal.Action("Cannot enable/disable oneadmin user");
        user.IsEnabled = enable;
        if (!enable) user.Tokens.Clear();
        return user.Id;
    }

    private RpcValue SetPrimaryGroup(CloudCall call)
    {
        (int id, int gid) = (call.Int(1), call.Int(2));
        CloudUser user = Pool.Get(id);
        CloudGroup group = State.Groups.Pool.Get(gid);
        call.Authorize((AccessOperation.Manage, user.Access), (AccessOperation.Manage, group.Access));
        if (user.Gid == gid) return id;
        if (!user.Groups.Contains(gid) || user.Gid != UsersGroup || user.Groups.Count > 1)
        {
            int before = user.Gid;
            if (!user.Groups.Contains(gid))
            {
                user.Groups.Remove(before);
                State.Groups.Pool.Find(before)?.Forget(id);
            }
        }

        user.Groups.Add(gid);
        group.Users.Add(id);
        user.SetGroup(gid, group.Name);
        return id;
    }

    private RpcValue AddToGroup(CloudCall call)
    {
        (CloudUser user, CloudGroup group) = Membership(call);
        if (!user.Groups.Add(group.Id)) throw CallRefusal.Action("User is already in this group");
        group.Users.Add(user.Id);
        return user.Id;
    }

    private RpcValue RemoveFromGroup(CloudCall call)
    {
        (CloudUser user, CloudGroup group) = Membership(call);
        if (user.Gid == group.Id) throw CallRefusal.Action("Cannot remove user from the primary group");
        if (!user.Groups.Remove(group.Id)) throw CallRefusal.Action("User is not part of this group");
        group.Forget(user.Id);
        return user.Id;
    }

    private (CloudUser User, CloudGroup Group) Membership(CloudCall call)
    {
        (int id, int gid) = (call.Int(1), call.Int(2));
        CloudUser user = Pool.Get(id);
        CloudGroup group = State.Groups.Pool.Get(gid);
        call.Authorize((AccessOperation.Manage, user.Access), (AccessOperation.Manage, group.Access));
        return (user, group);
    }

    private RpcValue Login(CloudCall call)
    {
        (string name, string token, int seconds, int group) = (call.Text(1), call.Text(2), call.Int(3), call.Int(4, -1));
        CloudUser user = Pool.Find(name) ?? throw new CallRefusal(OpenNebulaErrorKind.NoExists, "Error getting user Pool.");
        call.Authorize(AccessOperation.Manage, user);
        if (seconds == 0) return RemoveToken(user, token);
        if (seconds < -1) throw CallRefusal.Argument("Wrong valid period for token");
        if (group != -1 && !call.Caller.IsAdmin && !(user.Groups.Contains(group) && call.Caller.Groups.Contains(group)))
            throw CallRefusal.Argument("EGID is not in user group list");
        if (group == -1 && !user.Groups.SetEquals(call.Caller.Groups) && !call.Caller.IsAdmin)
            throw CallRefusal.Argument("Cannot create a full token with a specific group token");
        user.Tokens.RemoveAll(t => t.Token == token || (t.Expires >= 0 && t.Expires <= State.Time));
        if (user.Tokens.Count >= MaxTokens) throw CallRefusal.Argument("Max number of tokens limit reached.");
        if (token.Length == 0) token = State.NewToken();
        user.Tokens.Add(new CloudLoginToken(token, seconds < 0 ? -1 : State.Time + seconds, group));
        return token;
    }

    private static RpcValue RemoveToken(CloudUser user, string token)
    {
        if (token.Length == 0) user.Tokens.Clear();
        else if (user.Tokens.RemoveAll(t => t.Token == token) == 0) throw CallRefusal.Argument($"Could not find token: {token}");
        return token;
    }

    private CloudUser Changed(CloudCall call, AccessOperation operation)
    {
        CloudUser user = Pool.Get(call.Int(1));
        call.Authorize(operation, user);
        return user;
    }

    private static void ApplyPassword(CloudUser user, string password)
    {
        if (PasswordProblem(password) is { } problem) throw CallRefusal.Action(problem);
        user.Password = user.Driver == CoreDriver ? CloudState.Hash(password) : password;
    }
}
