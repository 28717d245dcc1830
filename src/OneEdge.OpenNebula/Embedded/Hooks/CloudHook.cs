namespace OneEdge.OpenNebula.Embedded;

/// <summary>A hook: a command for calls or for states. It belongs to oneadmin, and shows no owner.</summary>
internal sealed class CloudHook : CloudObject
{
    // As OpenNebula 6.10 comes: older executions are dropped.
    private const int Retention = 20;

    private readonly List<CloudHookExecution> _log = [];

    public CloudHook(int id, string name, bool isOfApi)
        : base(ObjectKind.Hook, id, name)
    {
        IsOfApi = isOfApi;
        SetUser(Caller.Oneadmin, "");
        SetGroup(Caller.Oneadmin, "oneadmin");
    }

    public bool IsOfApi { get; }

    /// <summary>What a hook of states waits for: VM, HOST, IMAGE or NET.</summary>
    public string Resource { get; init; } = "";

    public IReadOnlyList<CloudHookExecution> Log => _log;

    /// <summary>Notes an execution.</summary>
    public CloudHookExecution Record(long time, string arguments, string remoteHost, string command, string output, string errors, int code)
    {
        var execution = new CloudHookExecution(_log.Count == 0 ? 0 : _log[^1].Id + 1, time, arguments, remoteHost, command, output, errors, code);
        _log.Add(execution);
        if (_log.Count > Retention) _log.RemoveAt(0);
        return execution;
    }

    public override void Write(XmlText xml, XmlView view)
    {
        WriteHead(xml, view);
        xml.Close("HOOK");
    }

    /// <summary>Writes the hook with its log.</summary>
    public void WriteWithLog(XmlText xml, XmlView view)
    {
        WriteHead(xml, view);
        xml.Open("HOOKLOG");
        foreach (CloudHookExecution execution in _log) execution.Write(xml, Id);
        xml.Close("HOOKLOG");
        xml.Close("HOOK");
    }

    private void WriteHead(XmlText xml, XmlView view)
    {
        xml.Open("HOOK");
        xml.Element("ID", Id);
        xml.Element("NAME", Name);
        xml.Element("TYPE", IsOfApi ? "api" : "state");
        WriteLock(xml);
        WriteTemplate(xml, view);
    }
}
