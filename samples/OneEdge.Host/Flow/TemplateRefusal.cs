using OneEdge.Flow;
using OneEdge.Flow.Client;

namespace OneEdge.Host.Flow;

/// <summary>Tells where a template is wrong that a server refused: servers name the first error only, and no place.</summary>
internal static class TemplateRefusal
{
    /// <summary>Sends a template; when it is refused, everything that is found wrong with it here is told with the answer of the server.</summary>
    public static async Task<int> ExplainAsync(string json, string file, Func<Task<int>> send)
    {
        try
        {
            return await send();
        }
        catch (OneFlowRefusedException error) when (error.Kind is OneFlowRefusal.Invalid or OneFlowRefusal.Fault)
        {
            Diagnostic refused = new(error.Code, DiagnosticSeverity.Error, error.Message) { File = "oneedge" };
            throw new TemplateRefusedException([refused, .. ServiceTemplate.Validate(json).Select(found => Finding(found, file))]);
        }
    }

    private static Diagnostic Finding(ServiceTemplateError found, string file) => new(found.Code, DiagnosticSeverity.Error, $"{found.Path}: {found.Message}")
    {
        File = file == "-" ? "standard input" : file,
        Position = found.Position,
        Hint = found.Hint,
    };

    private sealed class TemplateRefusedException(IReadOnlyList<Diagnostic> findings) : OneEdgeException(findings);
}
