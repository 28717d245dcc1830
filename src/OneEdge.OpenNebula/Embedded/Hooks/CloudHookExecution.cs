namespace OneEdge.OpenNebula.Embedded;

/// <summary>One execution of a hook, as the log keeps it.</summary>
/// <param name="Id">Its number among those of the hook.</param>
/// <param name="Time">When, in seconds of Unix time.</param>
/// <param name="Arguments">What the command got.</param>
/// <param name="RemoteHost">The host that it ran on; empty for the server.</param>
/// <param name="Command">The whole command.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Errors">What it wrote as errors.</param>
/// <param name="Code">How it ended.</param>
internal sealed record CloudHookExecution(int Id, long Time, string Arguments, string RemoteHost, string Command, string Output, string Errors, int Code)
{
    public void Write(XmlText xml, int hookId)
    {
        xml.Open("HOOK_EXECUTION_RECORD");
        xml.Element("HOOK_ID", hookId);
        xml.Element("EXECUTION_ID", Id);
        xml.Element("TIMESTAMP", Time);
        xml.Element("ARGUMENTS", Arguments);
        if (RemoteHost.Length > 0) xml.Element("REMOTE_HOST", RemoteHost);
        xml.Open("EXECUTION_RESULT");
        xml.Element("COMMAND", Command);
        xml.Element("STDOUT", Output);
        xml.Element("STDERR", Errors);
        xml.Element("CODE", Code);
        xml.Close("EXECUTION_RESULT");
        xml.Close("HOOK_EXECUTION_RECORD");
    }
}
