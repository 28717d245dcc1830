using OneEdge.Flow.Documents;
using OneEdge.Flow.Lifecycle;

namespace OneEdge.Flow.Tests.Lifecycle.Scripts;

/// <summary>
/// The story of a service, told line by line. The first line says what the service is (<see cref="ScriptServices"/>) or is its document; then come things
/// that happen (<see cref="ScriptEvents"/>), each followed by what comes of it:
/// <code>
/// > create db 0, create db 1       all that was ordered; nothing was when there is no such line
/// ! Service cannot be scaled ...   that it was refused, and why
/// = RUNNING | db:RUNNING 2 [1,2]   the service and its roles: state, number wanted, virtual machines
/// log RUNNING | E Role db : ...    all of its log so far; a bare state stands for "I New state: ..."
/// </code>
/// </summary>
internal sealed class ServiceScript
{
    private readonly TestService _told;
    private int _nextVm;

    private ServiceScript(TestService told)
    {
        _told = told;
        _nextVm = 1 + told.Service.Roles.SelectMany(r => r.Nodes).Select(n => n.VmId).DefaultIfEmpty(0).Max();
    }

    /// <summary>Plays a story, and fails at the first line that is not so.</summary>
    public static Service Play(string story)
    {
        string[] lines = Lines(story);
        var script = new ServiceScript(Begin(lines[0]));
        List<string> came = [.. script.Outcome()];
        for (int i = 1; i < lines.Length; i++)
        {
            string line = lines[i];
            if (line.StartsWith("log ", StringComparison.Ordinal)) script.IsSo(story, line, $"log {ScriptText.Log(script._told.Service)}");
            else if (line.StartsWith("= ", StringComparison.Ordinal)) script.IsSo(story, line, $"= {script._told}");
            else if (line[0] is '>' or '!') script.Came(story, line, came);
            else
            {
                script.NothingElseCame(story, lines[i - 1], came);
                script.Tell(line);
                came = [.. script.Outcome()];
            }
        }

        script.NothingElseCame(story, lines[^1], came);
        return script._told.Service;
    }

    // A document may take several lines, and what begins with a bar goes on with the line before.
    private static string[] Lines(string story)
    {
        List<string> lines = [];
        foreach (string line in story.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines is [var document] && document[0] == '{' && document.Count(c => c == '{') > document.Count(c => c == '}')) lines[0] += line;
            else if (line[0] == '|') lines[^1] += " " + line;
            else lines.Add(line);
        }

        return [.. lines];
    }

    private static TestService Begin(string line) => line[0] == '{'
        ? TestService.Resumed(ServiceDocument.Read(10, "svc", TestService.Owner, System.Text.Encoding.UTF8.GetBytes(line)))
        : new TestService(ScriptServices.Definition(line), ScriptServices.Roles(line), ScriptServices.Networks(line));

    private void Tell(string line)
    {
        switch (line.Split(' '))
        {
            case ["created"]:
                foreach (CreateVm create in _told.Unanswered()) _told.Tell(new VmCreated(create.RoleName, create.Number, _nextVm++));
                break;
            case ["created", var role, var number]:
                _told.Tell(new VmCreated(role, ScriptEvents.Number(number), _nextVm++));
                break;
            case ["vms", .. var states] when states.Length > 0:
                foreach (int vm in _told.Service.Roles.SelectMany(r => r.Nodes).Select(n => n.VmId).ToArray()) _told.Tell(ScriptEvents.Seen(vm, states[0]));
                break;
            case ["wait", var seconds]:
                _told.Waits(TimeSpan.FromSeconds(ScriptEvents.Number(seconds)));
                break;
            case ["restart"]:
                _told.Restarts();
                break;
            default:
                _told.Tell(ScriptEvents.Parse(line, _told.Service));
                break;
        }
    }

    private IEnumerable<string> Outcome()
    {
        if (_told.TakeRefusal() is { } refusal) yield return $"! {refusal.Message}";
        string[] commands = [.. _told.Ordered().Select(command => ScriptText.Of(command, _told.Now))];
        if (commands.Length > 0) yield return $"> {string.Join(", ", commands)}";
    }

    private void Came(string story, string line, List<string> came)
    {
        if (!came.Remove(line)) Fail(story, line, came.Count == 0 ? "nothing" : string.Join("\n", came));
    }

    private void NothingElseCame(string story, string line, List<string> came)
    {
        if (came.Count > 0) Fail(story, $"nothing more after \"{line}\"", string.Join("\n", came));
    }

    private void IsSo(string story, string expected, string actual)
    {
        if (expected != actual) Fail(story, expected, actual);
    }

    private void Fail(string story, string expected, string actual) =>
        Assert.Fail($"expected: {expected}\nactual:   {actual}\nservice:  {_told}\nlog:      {ScriptText.Log(_told.Service)}\n\n{story}");
}
