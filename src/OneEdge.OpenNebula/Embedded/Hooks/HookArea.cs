using System.Text;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Hooks. They are kept and checked, but no command runs in this process: the log has what is recorded in it.</summary>
internal sealed class HookArea(CloudState state) : ObjectArea<CloudHook>(state, ObjectKind.Hook, "one.hook", firstId: 0)
{
    private readonly HookSetup _setup = new(state.Methods);

    protected override bool NamesAreOfOwners => false;

    public override void Register(MethodTable table)
    {
        table.Add("one.hook.allocate", "s", Allocate);
        AddInfo(table);
        AddPoolInfo(table);
        AddUpdate(table);
        AddRename(table);
        AddDelete(table);
        AddLocks(table);
        table.Add("one.hook.retry", "ii", Retry);
        table.Add("one.hooklog.info", "iiii", LogInfo);
    }

    protected override string Taken(CloudHook owner) => FormattableString.Invariant($"NAME is already taken by Hook {owner.Id}.");

    protected override string? NameProblem(string name) => base.NameProblem(name) is null ? null : "Invalid name.";

    protected override RpcValue Info(CloudCall call)
    {
        int id = call.Int(1);
        CloudHook hook = Pool.Get(id);
        call.Authorize(AccessOperation.UseIgnoringLocks, hook);
        return XmlText.Of(xml => hook.WriteWithLog(xml, call.View(call.Caller.IsAdmin && call.Flag(2, false))));
    }

    protected override StoredTemplate Accept(CloudCall call, CloudHook item, StoredTemplate template) =>
        _setup.Update(item, TemplateTexts.Without(template, "NAME"));

    private RpcValue Allocate(CloudCall call)
    {
        StoredTemplate template = call.Template(1);
        call.AuthorizeNew(Kind);
        string name = template.Get("NAME") ?? "";
        CheckName(name, -1);
        StoredTemplate kept = _setup.Create(template, out bool isOfApi, out string resource);
        return Enter(call, new CloudHook(Pool.TakeId(), name, isOfApi) { Resource = resource, Template = kept });
    }

    private RpcValue Retry(CloudCall call)
    {
        (int id, int execution) = (call.Int(1), call.Int(2));
        CloudHook hook = Pool.Get(id);
        call.Authorize(AccessOperation.Manage, hook);
        CloudHookExecution found = hook.Log.FirstOrDefault(e => execution == -1 || e.Id == execution)
            ?? throw CallRefusal.Internal("Invalid HookLog body. Arguments not found.");
        State.Events.Publish("RETRY", () => XmlText.Of(xml =>
        {
            xml.Open("HOOK_MESSAGE");
            xml.Element("ARGUMENTS", Convert.ToBase64String(Encoding.UTF8.GetBytes(found.Arguments)));
            xml.Element("HOOK_ID", id);
            if (found.RemoteHost.Length > 0) xml.Element("REMOTE_HOST", found.RemoteHost);
            xml.Close("HOOK_MESSAGE");
        }));
        return id;
    }

    private RpcValue LogInfo(CloudCall call)
    {
        (int from, int to, int id, int result) = (call.Int(1), call.Int(2), call.Int(3), call.Int(4));
        if (!call.Caller.IsAdmin) throw CallRefusal.Authorization(call.Caller, "");
        return XmlText.Of(xml =>
        {
            xml.Open("HOOKLOG");
            foreach (CloudHook hook in Pool.NewestFirst.Where(h => id < 0 || h.Id == id))
            {
                foreach (CloudHookExecution execution in hook.Log.Where(Matches)) execution.Write(xml, hook.Id);
            }

            xml.Close("HOOKLOG");
        });

        bool Matches(CloudHookExecution execution) =>
            (from < 0 || execution.Time > from) && (to < 0 || execution.Time < to)
            && (result == 0 || Math.Abs(result) > 1 || (result == 1) == (execution.Code == 0));
    }
}
