using System.Globalization;
using System.Text.RegularExpressions;
using OneEdge.OpenNebula.Tests.Rpc;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>Makes the recorded calls to an embedded cloud, in the order in which they were recorded, and compares the answers.</summary>
internal sealed partial class Replay(EmbeddedCloud cloud)
{
    // What a call gave that no two clouds give alike: a token, by what it was in the record.
    private readonly Dictionary<string, string> _given = [];

    public enum Outcome
    {
        Same,
        Differs,
        NoSuchMethod,
        NotACall,
    }

    public (Outcome Outcome, string Expected, string Actual) Make(RecordedExchange exchange)
    {
        if (exchange.Status != 200 || !exchange.HasAnswer || exchange.Request() is not { } request) return (Outcome.NotACall, "", "");
        RpcAnswer answer = cloud.Answer(request.Method, [.. request.Parameters.Select(Translate)]);
        string expected = Expected(exchange);
        string actual = answer.Fault is { } fault ? Text(fault.Code, fault.Text) : Text(answer.Value);
        if (answer.Fault?.Code == -506 && !expected.StartsWith("fault -506", StringComparison.Ordinal)) return (Outcome.NoSuchMethod, expected, actual);
        Learn(exchange, answer.Value);
        (expected, actual) = (ReplayRules.Apply(expected), ReplayRules.Apply(actual));
        return (expected == actual ? Outcome.Same : Outcome.Differs, expected, actual);
    }

    public void Supply(string session, string method, params RpcValue[] parameters)
    {
        RpcAnswer answer = cloud.Answer(method, [session, .. parameters.Select(Translate)]);
        Assert.True(answer.Fault is null or { Code: -506 }, answer.Fault?.Text);
    }

    private static string Expected(RecordedExchange exchange)
    {
        if (exchange.Decoded.TryGetProperty("fault", out var fault))
            return Text(fault.GetProperty("faultCode").GetInt32(), fault.GetProperty("faultString").GetString()!);
        byte[] body = System.Text.Encoding.UTF8.GetBytes(exchange.ResponseBody);
        return Text(RpcAnswerReader.Read(body, body.Length).Value);
    }

    private void Learn(RecordedExchange exchange, RpcValue actual)
    {
        if (exchange.Request()!.Value.Method != "one.user.login" || actual.Kind != RpcValueKind.Array) return;
        string was = exchange.Decoded.GetProperty("result")[1].GetString()!;
        if (Token().IsMatch(was)) _given[was] = actual.AsArray()[1].AsString();
    }

    private RpcValue Translate(RpcValue value)
    {
        if (value.Kind != RpcValueKind.String) return value;
        string text = value.AsString();
        foreach ((string was, string now) in _given) text = text.Replace(was, now, StringComparison.Ordinal);
        return text;
    }

    private static string Text(int code, string text) => string.Create(CultureInfo.InvariantCulture, $"fault {code} {text}");

    private static string Text(RpcValue value) => value.Kind switch
    {
        RpcValueKind.String => value.AsString(),
        RpcValueKind.Array => $"[{string.Join(", ", value.AsArray().Select(Text))}]",
        RpcValueKind.Struct => $"{{{string.Join(", ", value.AsStruct().Select(m => $"{m.Key}: {Text(m.Value)}"))}}}",
        _ => value.ToString(),
    };

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.None, 1_000)]
    private static partial Regex Token();
}
